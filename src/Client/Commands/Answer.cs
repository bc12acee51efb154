using Spectre.Console;

namespace Grid.Client.Commands;

/// <summary>What a command found: a document for programs, and a drawing of the same for people. Only one of them is written.</summary>
internal sealed record Answer(object Document, Action<IAnsiConsole> Draw, int ExitCode = ExitCodes.Done)
{
    /// <summary>Why it is not all that was asked for. The document has them as well; people read them on standard error, below what there is.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
