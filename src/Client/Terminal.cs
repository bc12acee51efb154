using System.Collections;
using Spectre.Console;

namespace Grid.Client;

/// <summary>Where a command writes to: two streams, each of which may be a person's terminal or a file.</summary>
internal sealed class Terminal
{
    /// <summary>Columns when nobody's window sets a limit: tables in files should not be folded.</summary>
    private const int ColumnsOfAFile = 180;

    public required TextWriter Output { get; init; }
    public required TextWriter Error { get; init; }
    public bool OutputIsTerminal { get; init; }

    /// <summary>Environment variables that decide about colour: NO_COLOR, TERM.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The streams of this process.</summary>
    public static Terminal OfProcess() => new()
    {
        Output = Console.Out,
        Error = Console.Error,
        OutputIsTerminal = !Console.IsOutputRedirected,
        Environment = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? ""),
    };

    /// <summary>Draws on standard output; without colour or cursor movement when that is not a terminal.</summary>
    public IAnsiConsole Draw()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Output),
            Ansi = OutputIsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = OutputIsTerminal && !NoColor ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = OutputIsTerminal ? InteractionSupport.Detect : InteractionSupport.No,
            EnvironmentVariables = Environment.ToDictionary(),
        });
        if (!OutputIsTerminal)
            console.Profile.Width = ColumnsOfAFile;
        return console;
    }

    /// <summary>https://no-color.org: present and not empty.</summary>
    private bool NoColor => Environment.GetValueOrDefault("NO_COLOR", "").Length > 0;
}
