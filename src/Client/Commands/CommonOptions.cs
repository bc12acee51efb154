using System.CommandLine;

namespace Grid.Client.Commands;

/// <summary>The options every command takes.</summary>
internal static class CommonOptions
{
    public static Option<string> Home { get; } = new("--home")
    {
        Description = "Folder that holds the store, the models and the results.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "./.grid",
        Recursive = true,
        Validators = { Arguments.MustBePathOf("folder") },
    };

    public static Option<string?> Cluster { get; } = new("--cluster")
    {
        Description = "Work with this cluster instead of a home folder: its name in clusters.yaml, or env for the variables that silos use.",
        HelpName = "NAME",
        Recursive = true,
    };

    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Write one JSON document to standard output and nothing else; progress goes to standard error.",
        Arity = ArgumentArity.Zero,
        Recursive = true,
    };

    public static Option<int> Slots { get; } = new("--slots")
    {
        Description = "Stages computed at the same time; each slot is a process with one thread.",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
        Recursive = true,
        Validators =
        {
            result =>
            {
                if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var slots) || slots is < 1 or > MostSlots))
                    result.AddError($"--slots is '{result.Tokens[0].Value}'; it must be a whole number from 1 to {MostSlots}.");
            },
        },
    };

    private const int MostSlots = 1024;
}
