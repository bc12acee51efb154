using System.Diagnostics;
using Grid.Cluster.Tests.Processes;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Grains;
using Grid.Grains.Contracts;
using Grid.Silo.Hosting;
using Grid.Silo.Security;
using Grid.Silo.Settings;
using Grid.Tests;

namespace Grid.Cluster.Tests;

/// <summary>A cluster of real processes on a PostgreSQL server of its own, and a client of it. Whatever a test leaves running ends with it.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    /// <summary>Nothing that a test waits for takes that long, on the slowest machine.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    private readonly TemporaryFolder folder = new();
    private readonly List<ChildProcess> processes = [];
    private readonly Dictionary<string, string?> environment;
    private readonly SiloNetwork? network;
    private readonly ClusterStore store;
    private ClusterClient? client;

    private TestCluster(string database, int stageMilliseconds, TlsFiles? tls, TlsFiles? tlsOfClient, SiloNetwork? network, string? artifacts)
    {
        this.network = network;
        Access = new ClusterAccess(database, Tls: tlsOfClient);
        store = ClusterStore.Open(database, artifacts, HomeFolder.Open(folder.File("client")));
        environment = new()
        {
            ["GRID_STORE"] = database,
            ["GRID_ARTIFACTS"] = artifacts,
            ["GRID_SILO_PORT"] = "0",
            ["GRID_GATEWAY_PORT"] = "0",
            ["GRID_SLOTS"] = "2",
            ["GRID_DRAIN_TIME"] = "10",
            ["GRID_TLS_CERTIFICATE"] = tls?.Certificate,
            ["GRID_TLS_KEY"] = tls?.Key,
            ["GRID_TLS_CA"] = tls?.CertificateAuthority,
            ["STAND_IN_BEHAVE"] = $"all=sleep:{stageMilliseconds}",
        };
    }

    public ClusterAccess Access { get; }

    public IExperimentStore Store => store.Experiments;

    public IArtifactStore Artifacts => store.Artifacts;

    public ClusterClient Client => client!;

    /// <param name="server">Gives the cluster a database of its own.</param>
    /// <param name="stageMilliseconds">What a stage takes.</param>
    /// <param name="tls">Of the silos; null for none.</param>
    /// <param name="tlsOfClient">Likewise.</param>
    /// <param name="network">Where every silo gets a place of its own; null for loopback.</param>
    /// <param name="artifacts">A folder that all share; null for the database.</param>
    public static TestCluster Start(
        PostgresServer server, int stageMilliseconds = 100, TlsFiles? tls = null, TlsFiles? tlsOfClient = null, SiloNetwork? network = null,
        string? artifacts = null) =>
        new(server.CreateDatabase(host: network?.Host ?? PostgresServer.Loopback), stageMilliseconds, tls, tlsOfClient, network, artifacts);

    /// <summary>Starts silos of one role each and waits until all of them work.</summary>
    public Task<ChildProcess[]> Add(string roles, params string[] names) => Add(roles, [], names);

    /// <param name="more">Variables of the environment beside those of every silo.</param>
    public async Task<ChildProcess[]> Add(string roles, Dictionary<string, string?> more, params string[] names)
    {
        var started = names.Select(name => Begin(name, roles, more)).ToArray();
        client ??= await Connect();
        try
        {
            await Until(async () => (await Client.Cluster.Silos()).Select(s => s.Report.Name).ToHashSet().IsSupersetOf(names));
        }
        catch (TimeoutException e)
        {
            throw new InvalidOperationException($"They do not join: {string.Join(", ", names)}\n{Logs()}", e);
        }
        return started;
    }

    /// <summary>Starts a silo and does not wait.</summary>
    public ChildProcess Begin(string name, string roles, Dictionary<string, string?>? more = null)
    {
        var own = environment.ToDictionary().With("GRID_ROLE", roles).With("GRID_CACHE", folder.File(name));
        foreach (var ended in processes.Where(p => p.HasExited))
            network?.Leave(ended.Name);
        var place = network?.Join(name);
        if (place is not null)
            own.With("GRID_LISTEN", place.Address).With("GRID_INSECURE", "true");
        foreach (var (variable, value) in more ?? [])
            own[variable] = value;
        return Remember(Programs.Silo(name, own, place?.Enter ?? []));
    }

    /// <summary>Starts the console with that command, on this cluster; does not wait for its end.</summary>
    public ChildProcess Console(params IReadOnlyList<string> arguments) => Console(new Dictionary<string, string?>(), arguments);

    /// <param name="more">Variables of the environment beside those that name the cluster.</param>
    public ChildProcess Console(IReadOnlyDictionary<string, string?> more, params IReadOnlyList<string> arguments) => Remember(Programs.Client(
        more.ToDictionary().With("GRID_STORE", Access.Store).With("GRID_ARTIFACTS", environment["GRID_ARTIFACTS"]).With("XDG_CACHE_HOME", folder.File("console")),
        [.. arguments, "--cluster", "env", "--home", folder.File("console")]));

    /// <param name="share">Of the pools; the usual one unless told.</param>
    public async Task<IExperimentGrain> Submit(Sweep sweep, PoolShare? share = null)
    {
        var id = ExperimentId.Of(sweep);
        await Store.AddExperiment(
            new ExperimentRow(id, sweep.Name, SweepJson.Write(sweep), ExperimentStatus.Interrupted, false, TimeProvider.System.GetUtcNow(), null)
            {
                Share = share ?? PoolShare.Usual,
            });
        var experiment = Client.Grains.Experiment(id);
        await experiment.Start(retryFailed: false);
        return experiment;
    }

    /// <summary>Waits until so many trials of the sweep have ended.</summary>
    public Task Trials(Sweep sweep, int ended) =>
        Until(async () => (await Store.ListTrials(ExperimentId.Of(sweep))).Count(t => t.Status != TrialStatus.Pending) >= ended);

    public Task Ended(Sweep sweep) => Until(async () => (await Store.FindExperiment(ExperimentId.Of(sweep)))!.Status != ExperimentStatus.Running);

    /// <summary>Checks that a sweep ended with exactly one result for each trial, the same as of an undisturbed run, and left nothing behind.</summary>
    public async Task ShouldBeWhole(Sweep sweep)
    {
        await Whole.Check(Store, Artifacts, sweep, Logs);
        await Until(() => Task.FromResult(Orphans().Count == 0));
    }

    /// <summary>Polls: what is waited for happens in other processes.</summary>
    /// <exception cref="TimeoutException">It did not happen for minutes.</exception>
    public static async Task Until(Func<Task<bool>> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!await Holds(condition))
        {
            if (watch.Elapsed > Longest)
                throw new TimeoutException($"What the test waits for did not happen within {Longest.TotalMinutes:0} minutes.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public string Logs() => string.Join('\n', processes.Select(s => $"--- {s.Name}{(s.HasExited ? " (ended)" : "")}\n{s.Output}"));

    public async ValueTask DisposeAsync()
    {
        if (client is not null)
            await client.DisposeAsync();
        foreach (var process in processes)
            process.Dispose();
        await store.Experiments.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>A silo that was asked may just have been killed.</summary>
    private static async Task<bool> Holds(Func<Task<bool>> condition)
    {
        try
        {
            return await condition();
        }
        catch (Exception e) when (Patience.IsPassing(e))
        {
            return false;
        }
    }

    private ChildProcess Remember(ChildProcess process)
    {
        processes.Add(process);
        return process;
    }

    /// <summary>Processes of this cluster that none of its living silos has started: runners whose silo died.</summary>
    private IReadOnlyList<int> Orphans()
    {
        var living = processes.Where(p => !p.HasExited).Select(p => p.Id).ToHashSet();
        return [.. ProcessTable.WithEnvironment(folder.Path).Where(id => !living.Contains(id) && ProcessTable.ParentOf(id) is { } parent && !living.Contains(parent))];
    }

    private async Task<ClusterClient> Connect()
    {
        while (true)
            try
            {
                return await ClusterClient.Connect(Access, Store, Artifacts, TestContext.Current.CancellationToken);
            }
            catch (ClusterUnreachableException) when (!processes.All(s => s.HasExited))
            {
                // Still starting.
            }
            catch (ClusterUnreachableException e)
            {
                throw new InvalidOperationException(Logs(), e);
            }
    }
}

internal static class EnvironmentExtensions
{
    public static Dictionary<string, string?> With(this Dictionary<string, string?> environment, string variable, string? value)
    {
        environment[variable] = value;
        return environment;
    }
}
