using System.CommandLine;

namespace Grid.Client.Commands;

/// <summary>Whether a command that follows a sweep also serves it as a page to a browser on this machine.</summary>
internal static class PageOptions
{
    private const int MostPort = 65_535;

    public static Option<int?> Page { get; } = new("--page")
    {
        Description = "Serve the sweep as a live page to browsers on this machine, at this port, or any that is free. Where a person watches in a terminal, it is served anyway.",
        HelpName = "PORT",
        Arity = ArgumentArity.ZeroOrOne,
        Validators =
        {
            result =>
            {
                if (result.Tokens is not [var token] || (int.TryParse(token.Value, out var port) && port is >= 0 and <= MostPort))
                    return;
                result.AddError($"--page is '{token.Value}'; it must be a port from 1 to {MostPort}, or 0 or nothing for any that is free."
                    + (token.Value.Any(char.IsAsciiLetter) ? $" A file or an experiment stands before it: {token.Value} --page" : ""));
            },
        },
    };

    public static Option<bool> NoPage { get; } = new("--no-page") { Description = "Serve no live page." };

    public static void AddTo(Command command)
    {
        command.Options.Add(Page);
        command.Options.Add(NoPage);
        command.Validators.Add(result =>
        {
            if (result.GetResult(Page) is { Implicit: false } && result.GetValue(NoPage))
                result.AddError("Give either --page or --no-page.");
        });
    }

    /// <summary>The port to serve it at, 0 for any that is free; null for no page.</summary>
    /// <param name="watched">Whether a person watches.</param>
    public static int? Port(ParseResult parsed, bool watched) =>
        parsed.GetValue(NoPage) ? null
        : parsed.GetResult(Page) is { Implicit: false } ? parsed.GetValue(Page) ?? 0
        : watched ? 0 : null;
}
