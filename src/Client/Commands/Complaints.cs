using System.CommandLine;
using System.CommandLine.Parsing;
using Grid.Experiments.Sweeps.Files;

namespace Grid.Client.Commands;

/// <summary>What is wrong with a command line, in words of ours: those of the parser name neither what is missing nor what may be meant.</summary>
internal static class Complaints
{
    /// <summary>Has the parser leave unknown words to this class.</summary>
    public static void Prepare(RootCommand root)
    {
        root.TreatUnmatchedTokensAsErrors = false;
        // Without one the parser complains itself that there is no command.
        root.SetAction(_ => { });
    }

    /// <summary>All of them, and where to read more; empty when the command can be carried out.</summary>
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        var called = parsed.CommandResult;
        List<string> all = [.. Unknown(parsed), .. Missing(called), .. parsed.Errors.Where(e => !IsMissing(e)).Select(e => e.Message).Distinct()];
        if (all.Count == 0 && called.Command is RootCommand)
            all.Add("Say what to do: grid COMMAND.");
        return all.Count == 0 ? [] : [.. all, $"See: {HelpExamples.CommandLine(called.Command)} --help"];
    }

    private static IEnumerable<string> Unknown(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var line = HelpExamples.CommandLine(command);
        // What follows a command that is not known cannot be told either.
        foreach (var word in command.Subcommands.Count > 0 ? parsed.UnmatchedTokens.Take(1) : parsed.UnmatchedTokens)
            yield return word.StartsWith('-') ? $"{line} has no option {NameOf(word)}.{Meant("", NameOf(word), OptionsOf(command))}"
                : command.Subcommands.Count > 0 ? $"{line} has no command '{word}'.{Meant(line + " ", word, command.Subcommands.Select(c => c.Name))}"
                : $"'{word}' is more than {line} takes.";
    }

    /// <summary>Without the value that may be written behind it.</summary>
    private static string NameOf(string option) => option.Split('=', ':')[0];

    private static string Meant(string before, string word, IEnumerable<string> candidates) =>
        NearWord.Of(word, candidates) is { } near ? $" Did you mean {before}{near}?" : "";

    /// <summary>Those of the command, and those that every command takes.</summary>
    private static IEnumerable<string> OptionsOf(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(p => p.Options.Where(o => o.Recursive))).Select(o => o.Name);

    private static IEnumerable<string> Missing(CommandResult called) => called.Command.Arguments
        .Where(a => a.Arity.MinimumNumberOfValues > 0 && called.GetResult(a) is not { Tokens.Count: > 0 })
        .Select(a => $"{a.Name} is missing: {char.ToLowerInvariant(a.Description![0])}{a.Description[1..]}");

    /// <summary>Whether it is that of the parser for an argument that is missing, or of which there is too little.</summary>
    private static bool IsMissing(ParseError error) =>
        error.SymbolResult is ArgumentResult { Parent: CommandResult } found && found.Tokens.Count < found.Argument.Arity.MinimumNumberOfValues;
}
