using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;
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
    private readonly TemporaryFolder folder = new();
    private readonly List<SiloProcess> silos = [];
    private readonly Dictionary<string, string?> environment;
    private readonly ClusterStore store;
    private ClusterClient? client;

    private TestCluster(string database, int stageMilliseconds, TlsFiles? tls, TlsFiles? tlsOfClient)
    {
        Access = new ClusterAccess(database, Tls: tlsOfClient);
        store = ClusterStore.Open(database, null, HomeFolder.Open(folder.File("client")));
        environment = new()
        {
            ["GRID_STORE"] = database,
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
    public static TestCluster Start(PostgresServer server, int stageMilliseconds = 100, TlsFiles? tls = null, TlsFiles? tlsOfClient = null) =>
        new(server.CreateDatabase(), stageMilliseconds, tls, tlsOfClient);

    /// <summary>Starts silos of one role each and waits until all of them work.</summary>
    public Task<SiloProcess[]> Add(string roles, params string[] names) => Add(roles, [], names);

    /// <param name="more">Variables of the environment beside those of every silo.</param>
    public async Task<SiloProcess[]> Add(string roles, Dictionary<string, string?> more, params string[] names)
    {
        var started = names.Select(name => Begin(name, roles, more)).ToArray();
        client ??= await Connect();
        await Until(async () => (await Client.Cluster.Silos()).Select(s => s.Report.Name).ToHashSet().IsSupersetOf(names));
        return started;
    }

    /// <summary>Starts a silo and does not wait.</summary>
    public SiloProcess Begin(string name, string roles, Dictionary<string, string?>? more = null)
    {
        var own = environment.ToDictionary().With("GRID_ROLE", roles).With("GRID_CACHE", folder.File(name));
        foreach (var (variable, value) in more ?? [])
            own[variable] = value;
        var silo = SiloProcess.Start(name, own);
        silos.Add(silo);
        return silo;
    }

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

    /// <summary>What the console writes to standard output when it is told to work with this cluster.</summary>
    public Task<string> Console(params string[] arguments) => ConsoleProcess.Run(
        new Dictionary<string, string?> { ["GRID_STORE"] = Access.Store, ["XDG_CACHE_HOME"] = folder.File("cache"), ["COLUMNS"] = "200" },
        [.. arguments, "--cluster", "env"]);

    /// <summary>Waits until so many trials of the sweep have ended.</summary>
    public Task Trials(Sweep sweep, int ended) =>
        Until(async () => (await Store.ListTrials(ExperimentId.Of(sweep))).Count(t => t.Status != TrialStatus.Pending) >= ended);

    public Task Ended(Sweep sweep) => Until(async () => (await Store.FindExperiment(ExperimentId.Of(sweep)))!.Status != ExperimentStatus.Running);

    /// <summary>Checks that a sweep ended with exactly one result for each trial, the same as of an undisturbed run, and left nothing behind.</summary>
    public async Task ShouldBeWhole(Sweep sweep)
    {
        var row = (await Store.FindExperiment(ExperimentId.Of(sweep)))!;
        row.Status.ShouldBe(ExperimentStatus.Done, Logs());
        var trials = await Store.ListTrials(row.Id);
        trials.Count.ShouldBe((int)SweepPlan.Of(sweep).Trials);
        trials.ShouldAllBe(t => t.Status == TrialStatus.Succeeded && t.Error == null);
        var stages = await Store.FindStages([.. SweepPlan.Of(sweep).StageKeys]);
        stages.ShouldAllBe(s => s.Status == StageStatus.Done && s.Holder == null);
        var models = stages.Where(s => s.Spec.Kind is not (StageKind.Measure or StageKind.Test)).ToDictionary(s => s.Key, s => s.Artifact);
        models.ShouldBe(await Undisturbed.Models(sweep), ignoreOrder: true);
        foreach (var model in models.Values)
            (await Artifacts.Has(model!)).ShouldBeTrue();
    }

    /// <summary>Polls: what is waited for happens in other processes.</summary>
    public static async Task Until(Func<Task<bool>> condition)
    {
        while (!await Holds(condition))
            await Task.Delay(50, TestContext.Current.CancellationToken);
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

    public async ValueTask DisposeAsync()
    {
        if (client is not null)
            await client.DisposeAsync();
        foreach (var silo in silos)
            silo.Dispose();
        await store.Experiments.DisposeAsync();
        folder.Dispose();
    }

    private async Task<ClusterClient> Connect()
    {
        while (true)
            try
            {
                return await ClusterClient.Connect(Access, Store, Artifacts, TestContext.Current.CancellationToken);
            }
            catch (ClusterUnreachableException) when (!silos.All(s => s.HasExited))
            {
                // Still starting.
            }
            catch (ClusterUnreachableException e)
            {
                throw new InvalidOperationException(Logs(), e);
            }
    }

    private string Logs() => string.Join('\n', silos.Select(s => $"--- {s.Name}{(s.HasExited ? " (ended)" : "")}\n{s.Output}"));
}

internal static class EnvironmentExtensions
{
    public static Dictionary<string, string?> With(this Dictionary<string, string?> environment, string variable, string? value)
    {
        environment[variable] = value;
        return environment;
    }
}
