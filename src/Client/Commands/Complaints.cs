using System.CommandLine;
using System.CommandLine.Parsing;
using Grid.Experiments.Sweeps.Files;

namespace Grid.Client.Commands;

/// <summary>What is wrong with a command line, in words of ours: those of the parser name neither what is missing nor what may be meant.</summary>
internal static class Complaints
{
    /// <summary>All of them, and where to read more.</summary>
    /// <param name="root">Parses nothing else any more.</param>
    public static IReadOnlyList<string> Of(RootCommand root, IReadOnlyList<string> arguments)
    {
        // The parser is to leave to this class what words it does not know, and that there is no command.
        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction(_ => { });
        var parsed = root.Parse(arguments);
        var called = parsed.CommandResult;
        if (parsed.UnmatchedTokens is [var early, ..] && called.Command is not RootCommand && arguments[0] == early)
            return [$"The command comes first: {HelpExamples.CommandLine(called.Command)} {early}"];
        List<string> all = [.. Unknown(parsed), .. Missing(called), .. parsed.Errors.Where(e => !IsMissing(e)).Select(e => e.Message)];
        if (all.Count == 0 && called.Command is RootCommand)
            all.Add("Say what to do: grid COMMAND.");
        return [.. all.Distinct(), $"See: {HelpExamples.CommandLine(called.Command)} --help"];
    }

    /// <param name="word">As it was typed, maybe with its value.</param>
    public static string NoOption(Command command, string word)
    {
        var name = word.Split('=', ':')[0];
        return $"{HelpExamples.CommandLine(command)} has no option {name}.{Asked(NearWord.Of(name, OptionsOf(command).Select(o => o.Name)))}";
    }

    /// <summary>Options that the parser took for an argument, as it does with one that it does not know where an argument may stand.</summary>
    public static IEnumerable<string> OptionsAmongArguments(CommandResult called) => called.Command.Arguments
        .SelectMany(a => called.GetResult(a)?.Tokens ?? []).Select(t => t.Value).Where(word => word.StartsWith("--", StringComparison.Ordinal));

    private static IEnumerable<string> Unknown(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var line = HelpExamples.CommandLine(command);
        string[] words = [.. OptionsAmongArguments(parsed.CommandResult), .. parsed.UnmatchedTokens];
        // What follows a command that is not known cannot be told either, and other words may be the values of options that are not known.
        if (command.Subcommands.Count > 0 && words is [var first, ..] && !first.StartsWith('-'))
            return [$"{line} has no command '{first}'.{Asked(Command(command, first) is { } meant ? $"{line} {meant}" : null)}"];
        return words.Any(w => w.StartsWith('-'))
            ? words.Where(w => w.StartsWith('-')).Select(w => NoOption(command, w))
            : words.Select(w => $"'{w}' is more than {line} takes.");
    }

    private static string Asked(string? meant) => meant is null ? "" : $" Did you mean {meant}?";

    /// <summary>What may be meant by a word in the place of a command: one, an option without its dashes, or a sweep to run.</summary>
    private static string? Command(Command parent, string word) =>
        NearWord.Of(word, parent.Subcommands.Select(c => c.Name))
        ?? (parent.Options.Any(o => o.Name == $"--{word}") ? $"--{word}" : parent is RootCommand && Path.GetExtension(word) is ".yaml" or ".yml" ? $"run {word}" : null);

    /// <summary>Those of the command, and those that every command takes.</summary>
    private static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(p => p.Options.Where(o => o.Recursive)));

    private static IEnumerable<string> Missing(CommandResult called)
    {
        foreach (var argument in called.Command.Arguments.Where(a => a.Arity.MinimumNumberOfValues > 0 && called.GetResult(a) is not { Tokens.Count: > 0 }))
            yield return $"{argument.Name} is missing: {Explained(argument)}";
        foreach (var option in OptionsOf(called.Command).Where(o => o.Arity.MinimumNumberOfValues > 0))
            switch (called.GetResult(option))
            {
                case { Implicit: false, Tokens.Count: 0 }:
                    yield return $"{option.Name} needs a value: {option.Name} {option.HelpName}";
                    break;
                case null or { Implicit: true } when option.Required:
                    yield return $"{option.Name} is missing: {Explained(option)}";
                    break;
            }
    }

    private static string Explained(Symbol symbol) => $"{char.ToLowerInvariant(symbol.Description![0])}{symbol.Description[1..]}";

    /// <summary>Whether it is the parser's complaint of an argument, an option or a value that is missing.</summary>
    private static bool IsMissing(ParseError error) => error.SymbolResult switch
    {
        ArgumentResult argument => argument.Tokens.Count < argument.Argument.Arity.MinimumNumberOfValues,
        OptionResult option => option.Tokens.Count < option.Option.Arity.MinimumNumberOfValues,
        _ => false,
    };
}
