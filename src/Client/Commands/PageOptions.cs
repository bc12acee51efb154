using System.CommandLine;

namespace Grid.Client.Commands;

/// <summary>Whether a command that follows a sweep also serves it as a page to a browser on this machine.</summary>
internal static class PageOptions
{
    private const int MostPort = 65_535;

    public static Option<int?> Page { get; } = new("--page")
    {
        Description = "Serve the sweep as a live page to browsers on this machine, at this port or any that is free. Where a person watches in a terminal, it is served anyway.",
        HelpName = "PORT",
        Arity = ArgumentArity.ZeroOrOne,
        Validators =
        {
            result =>
            {
                if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var port) || port is < 0 or > MostPort))
                    result.AddError($"--page is '{result.Tokens[0].Value}'; it must be a port from 1 to {MostPort}, or be left out for any that is free.");
            },
        },
    };

    public static Option<bool> NoPage { get; } = new("--no-page") { Description = "Serve no live page." };

    public static void AddTo(Command command)
    {
        command.Options.Add(Page);
        command.Options.Add(NoPage);
    }

    /// <summary>The port to serve it at, 0 for any that is free; null for no page.</summary>
    /// <param name="watched">Whether a person watches.</param>
    public static int? Port(ParseResult parsed, bool watched) =>
        parsed.GetValue(NoPage) ? null
        : parsed.GetResult(Page) is { Implicit: false } ? parsed.GetValue(Page) ?? 0
        : watched ? 0 : null;
}
