using System.CommandLine;

namespace Grid.Client.Commands;

/// <summary>Arguments that several commands take.</summary>
internal static class Arguments
{
    public static Argument<string> Experiment() => new("ID")
    {
        Description = "The experiment's id, the beginning of it or the sweep's name where only one fits, or 'latest'.",
    };

    public static Argument<string> SweepFile() => new("FILE") { Description = "The sweep file (YAML)." };
}
