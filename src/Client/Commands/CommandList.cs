using System.CommandLine;

namespace Grid.Client.Commands;

/// <summary>Every command, in the order of the help.</summary>
internal static class CommandList
{
    public static IReadOnlyList<Command> Create() =>
    [
        ListCommand.Create(),
        CancelCommand.Create(),
        DataCommand.Create(),
    ];
}
