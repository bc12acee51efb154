using System.Text.Json.Nodes;
using Grid.Silo.Runners;
using Grid.Tests;

namespace Grid.Client.Tests;

/// <summary>Runs a command line in this process and keeps what it wrote.</summary>
internal sealed record ConsoleRun(int ExitCode, string Output, string Error)
{
    public static Task<ConsoleRun> Of(params string[] arguments) => Of([], arguments);

    /// <summary>With stages that the stand-in carries out.</summary>
    public static Task<ConsoleRun> WithStandIn(params string[] arguments) =>
        Of(new Dictionary<string, string> { [RunnerLocator.Variable] = StandInProcess.File }, arguments);

    /// <summary>With these variables of the environment.</summary>
    public static async Task<ConsoleRun> Of(Dictionary<string, string> environment, string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal { Output = output, Error = error, Environment = environment };
        var code = await GridConsole.Run(arguments, terminal, TestContext.Current.CancellationToken);
        return new ConsoleRun(code, output.ToString(), error.ToString());
    }

    /// <summary>Standard output as the one JSON document it must be.</summary>
    public JsonNode Document => JsonNode.Parse(Output) ?? throw new InvalidDataException("Standard output is empty.");

    /// <summary>Why the document does not have all that was asked for.</summary>
    public IReadOnlyList<string> Problems => [.. Document["problems"]!.AsArray().Select(m => m!.GetValue<string>())];

    /// <summary>The messages of an error document.</summary>
    public IReadOnlyList<string> Messages => [.. Document["error"]!["messages"]!.AsArray().Select(m => m!.GetValue<string>())];
}
