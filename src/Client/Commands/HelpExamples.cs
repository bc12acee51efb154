using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Grid.Client.Commands;

/// <summary>Adds the examples of each command, and the exit codes, to its help.</summary>
internal static class HelpExamples
{
    public static void AddTo(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
            option.Action = new HelpWithExamples((HelpAction)option.Action!);
    }

    /// <summary>How the command is called: "grid show", "grid certs issue".</summary>
    public static string CommandLine(Command command) =>
        command is not RootCommand && command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{CommandLine(parent)} {command.Name}" : "grid";

    private sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
    {
        public override bool Terminating => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = help.Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            var examples = parseResult.CommandResult.Command is GridCommand command ? command.Examples : Overview;
            output.WriteLine("Examples:");
            foreach (var example in examples)
                output.WriteLine($"  grid {example}");
            output.WriteLine();
            output.WriteLine("Exit codes: 0 done, 1 in part, 2 bad input, 3 nothing usable, 130 interrupted.");
            return code;
        }

        private static IReadOnlyList<string> Overview => ["run examples/quickstart.yaml", "frontier latest --max-latency 50us", "pick latest --max-accuracy-drop 1% --by size"];
    }
}
