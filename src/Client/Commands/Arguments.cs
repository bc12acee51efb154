using System.CommandLine;
using System.CommandLine.Parsing;

namespace Grid.Client.Commands;

/// <summary>Arguments that several commands take.</summary>
internal static class Arguments
{
    public static Argument<string> Experiment() => new("ID")
    {
        Description = "The experiment's id, the beginning of it or the sweep's name where only one fits, or 'latest'.",
    };

    /// <summary>The number of a trial; null for what is none.</summary>
    public static int? Trial(string? text) => int.TryParse(text, out var number) && number >= 0 ? number : null;

    /// <summary>Refuses what is no number of a trial, in words of ours: the parser would name its own types.</summary>
    public static void MustBeTrials(SymbolResult result) => MustBeTrials(result, result.Tokens.Select(t => t.Value));

    public static void MustBeTrials(SymbolResult result, IEnumerable<string> words)
    {
        foreach (var word in words.Where(w => Trial(w) is null))
            result.AddError($"'{word}' is no trial; it must be a whole number from 0 to {int.MaxValue}.");
    }

    /// <summary>Refuses a path without letters, as an unset variable of a script leaves it.</summary>
    /// <param name="what">What the path is of: a folder or a file.</param>
    public static Action<SymbolResult> MustBePathOf(string what) => result =>
    {
        var name = result is OptionResult option ? option.Option.Name : ((ArgumentResult)result).Argument.Name;
        if (result.Tokens.Any(t => string.IsNullOrWhiteSpace(t.Value)))
            result.AddError($"{name} is empty; it must be the path of a {what}.");
    };

    public static Option<string?> Device() => new("--device")
    {
        Description = "Read what was measured on this class of machines; the sweep's first unless you say, all of them where they are shown.",
        HelpName = "CLASS",
    };

    public static Argument<string> SweepFile() => new("FILE")
    {
        Description = "The sweep file (YAML).",
        Validators = { MustBePathOf("file") },
    };
}
