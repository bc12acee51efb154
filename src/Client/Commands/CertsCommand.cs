using System.CommandLine;
using System.Text.RegularExpressions;
using Grid.Client.Certificates;
using Grid.Client.Drawing;
using Grid.Client.Json;
using Grid.Silo.Security;
using Spectre.Console;

namespace Grid.Client.Commands;

/// <summary>grid certs: a certificate authority of one's own, for clusters that have no other.</summary>
internal static partial class CertsCommand
{
    private const int MostDays = 36_500;

    public static GridCommand Create() => new(
        "certs", "Make certificates, so that silos and clients of a cluster know each other: first an authority, then one for each silo and client.",
        _ => throw new UserException("Say what to make: grid certs ca, then grid certs issue NAME. See: grid certs --help"),
        "certs ca --output ./certs", "certs issue silo-1 --ca ./certs --output ./certs", "certs issue laptop --client --ca ./certs --output ./certs")
    {
        Authority(), Issue(),
    };

    private static GridCommand Authority()
    {
        var output = Output();
        var days = Days(3650);
        var force = Force();
        return new GridCommand(
            "ca", "Make an authority. Whoever has its key can make members of the cluster: keep it where no silo is.",
            call => Answer(
                AuthorityFiles.Create(call.Value(output), TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(call.Value(days)), call.Value(force)),
                "Make a certificate for each silo and client next: grid certs issue NAME"),
            "certs ca --output ./certs")
        {
            output, days, force,
        };
    }

    private static GridCommand Issue()
    {
        var name = new Argument<string>("NAME") { Description = "Names the files, and its owner in logs: letters, digits, dots, hyphens and underscores." };
        var authority = new Option<string>("--ca") { Description = "Folder of the authority.", HelpName = "DIR", Required = true, Validators = { Arguments.MustBePathOf("folder") } };
        var client = new Option<bool>("--client") { Description = "For a client, which silos serve but do not take for one of them." };
        var output = Output();
        var days = Days(365);
        var force = Force();
        var command = new GridCommand(
            "issue", "Make a certificate that the authority has signed, with its key.",
            call => Answer(
                AuthorityFiles.Issue(
                    call.Value(name), call.Value(client), call.Value(authority), call.Value(output), TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(call.Value(days)),
                    call.Value(force)),
                $"Give the three files to {call.Value(name)} and set there:"),
            "certs issue silo-1 --ca ./certs --output ./certs", "certs issue laptop --client --ca ./certs --output ./certs --days 30")
        {
            name, authority, client, output, days, force,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(name) is { } text && (!Name().IsMatch(text) || text == AuthorityFiles.Name))
                result.AddError($"'{text}' cannot name a certificate; accepted: a letter or digit, then up to 63 letters, digits, dots, hyphens or underscores, but not '{AuthorityFiles.Name}'.");
        });
        return command;
    }

    private static Task<Answer> Answer(CertificateDocument made, string next) => Task.FromResult(new Answer(made, console => Draw(console, made, next)));

    private static void Draw(IAnsiConsole console, CertificateDocument made, string next)
    {
        Prose.Write(console, $"Made {made.Certificate}, valid until {made.Expires:yyyy-MM-dd}, and its key {made.Key}, which only you may read.");
        Prose.Write(console, next);
        if (made.Purpose == CertificateKind.Authority)
            return;
        // Written raw: lines to copy must not be folded.
        console.Profile.Out.Writer.WriteLine($"{TlsFiles.CertificateVariable}={made.Certificate}");
        console.Profile.Out.Writer.WriteLine($"{TlsFiles.KeyVariable}={made.Key}");
        console.Profile.Out.Writer.WriteLine($"{TlsFiles.AuthorityVariable}={made.Authority}");
    }

    private static Option<string> Output() => new("--output") { Description = "Folder to write the files to.", HelpName = "DIR", Required = true, Validators = { Arguments.MustBePathOf("folder") } };

    private static Option<bool> Force() => new("--force") { Description = "Write over files that are there." };

    private static Option<int> Days(int usual) => new("--days")
    {
        Description = "How long it is valid.",
        HelpName = "N",
        DefaultValueFactory = _ => usual,
        Validators =
        {
            result =>
            {
                if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var days) || days is < 1 or > MostDays))
                    result.AddError($"--days is '{result.Tokens[0].Value}'; it must be a whole number from 1 to {MostDays}.");
            },
        },
    };

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex Name();
}
