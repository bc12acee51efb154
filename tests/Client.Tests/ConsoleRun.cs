using System.Text.Json.Nodes;

namespace Grid.Client.Tests;

/// <summary>Runs a command line in this process and keeps what it wrote.</summary>
internal sealed record ConsoleRun(int ExitCode, string Output, string Error)
{
    public static async Task<ConsoleRun> Of(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal { Output = output, Error = error, Environment = new Dictionary<string, string>() };
        var code = await GridConsole.Run(arguments, terminal, TestContext.Current.CancellationToken);
        return new ConsoleRun(code, output.ToString(), error.ToString());
    }

    /// <summary>Standard output as the one JSON document it must be.</summary>
    public JsonNode Document => JsonNode.Parse(Output) ?? throw new InvalidDataException("Standard output is empty.");

    /// <summary>The messages of an error document.</summary>
    public IReadOnlyList<string> Messages => [.. Document["error"]!["messages"]!.AsArray().Select(m => m!.GetValue<string>())];
}
