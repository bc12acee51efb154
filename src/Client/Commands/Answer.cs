using Spectre.Console;

namespace Grid.Client.Commands;

/// <summary>What a command found: a document for programs, and a drawing of the same for people. Only one of them is written.</summary>
internal sealed record Answer(object Document, Action<IAnsiConsole> Draw, int ExitCode = ExitCodes.Done);
