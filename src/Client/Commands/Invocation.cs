using System.CommandLine;
using Grid.Client.Clusters;
using Grid.Silo.Runners;
using Grid.Silo.Telemetry;
using Spectre.Console;

namespace Grid.Client.Commands;

/// <summary>One call of a command: its values, where to write progress, and the request to stop.</summary>
internal sealed class Invocation(ParseResult parsed, Terminal terminal, CancellationToken interrupted)
{
    private readonly IAnsiConsole output = terminal.Draw();

    /// <summary>Absolute path of the home folder.</summary>
    public string Home => Path.GetFullPath(parsed.GetValue(CommonOptions.Home)!);
    public bool Json => parsed.GetValue(CommonOptions.Json);
    public int Slots => parsed.GetValue(CommonOptions.Slots);

    /// <summary>The cluster to work with; null for the home folder.</summary>
    /// <exception cref="UserException">It is not known, or what is known of it is wrong.</exception>
    public ClusterProfile? Cluster => parsed.GetValue(CommonOptions.Cluster) is { } name ? ClusterProfile.Read(name, terminal.Environment) : null;

    /// <summary>Whether one was named, known or not.</summary>
    public bool NamesCluster => parsed.GetValue(CommonOptions.Cluster) is not null;

    /// <summary>What a command line needs to mean the same home folder or cluster: empty where none was named.</summary>
    public string PlaceOption =>
        parsed.GetValue(CommonOptions.Cluster) is { } cluster ? $" --cluster {Quoted(cluster)}"
        : parsed.GetResult(CommonOptions.Home) is { Implicit: false } ? $" --home {Quoted(parsed.GetValue(CommonOptions.Home)!)}" : "";

    /// <summary>The program that computes stages.</summary>
    /// <exception cref="RunnerNotFoundException">It is not there; the message says where it was looked for.</exception>
    public string FindRunner() => RunnerLocator.Find(terminal.Environment.GetValueOrDefault(RunnerLocator.Variable));

    /// <summary>The variables of the user's environment.</summary>
    public IReadOnlyDictionary<string, string> Environment => terminal.Environment;

    /// <summary>What the environment asks to be told of this process.</summary>
    public TelemetrySettings Telemetry => TelemetrySettings.Read(name => terminal.Environment.GetValueOrDefault(name));

    /// <summary>Set when the user asked to stop.</summary>
    public CancellationToken Interrupted => interrupted;

    /// <summary>Draws on standard output.</summary>
    public IAnsiConsole Output => output;

    /// <summary>True when a person watches and may be shown something that moves.</summary>
    public bool Live => !Json && output.Profile.Capabilities is { Interactive: true, Ansi: true };

    /// <summary>The port to serve the live page at, 0 for any that is free; null for no page.</summary>
    public int? PagePort => PageOptions.Port(parsed, Live);

    public T Value<T>(Option<T> option) => parsed.GetValue(option)!;

    public T Value<T>(Argument<T> argument) => parsed.GetValue(argument)!;

    /// <summary>As a shell takes it for one word.</summary>
    private static string Quoted(string word) =>
        word.All(c => char.IsLetterOrDigit(c) || "-_./\\:".Contains(c)) ? word : $"'{word.Replace("'", "'\\''")}'";

    /// <summary>Tells of progress, on standard error.</summary>
    public void Say(string line) => terminal.Error.WriteLine(line);
}
