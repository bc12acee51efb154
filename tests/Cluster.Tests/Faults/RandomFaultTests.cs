using System.Diagnostics;
using Grid.Cluster.Tests.Processes;
using Grid.Experiments.Randomness;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Tests;

namespace Grid.Cluster.Tests.Faults;

/// <summary>
/// Many faults in a row, drawn from a seed, while one sweep follows the other. GRID_FAULTS says how many (8), GRID_FAULT_SEED which (1). What they
/// were, and how long nothing got on after each, is printed.
/// </summary>
public sealed class RandomFaultTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const string Control = "control,measure";
    private const string Worker = "train";

    private static readonly int faults = FromEnvironment("GRID_FAULTS", 8);
    private static readonly int seed = FromEnvironment("GRID_FAULT_SEED", 1);

    private readonly RandomStream random = new((ulong)seed);
    private readonly List<ChildProcess> controls = [];
    private readonly List<ChildProcess> workers = [];
    private readonly List<Sweep> sweeps = [];
    private TestCluster cluster = null!;
    private SiloNetwork? network;
    private int started;

    [Fact]
    public async Task However_many_faults_come_in_a_row_nothing_is_lost()
    {
        // Where silos cannot have networks of their own, nothing is cut and all else happens all the same.
        using var own = network = SiloNetwork.TryStart();
        server.Start(Settings);
        await using var started = cluster = TestCluster.Start(server, stageMilliseconds: 20, network: network);
        controls.AddRange(await cluster.Add(Control, Name(), Name()));
        workers.AddRange(await cluster.Add(Worker, Name(), Name()));

        try
        {
            for (var fault = 1; fault <= faults; fault++)
            {
                await KeepBusy();
                var what = await Break();
                TestContext.Current.TestOutputHelper!.WriteLine($"{fault}: {what}; {(await GoesOn()).TotalSeconds:0.0} s until something got on");
            }
        }
        catch (TimeoutException e)
        {
            throw new InvalidOperationException($"{await State()}\n{cluster.Logs()}", e);
        }

        foreach (var sweep in sweeps)
        {
            await cluster.Ended(sweep);
            await cluster.ShouldBeWhole(sweep);
        }
    }

    /// <summary>
    /// Starts another in the place of each that has ended by itself, as whoever looks after processes does: one that finds no database when it
    /// starts gives up, and so does one that the others took for dead.
    /// </summary>
    private void Revive()
    {
        foreach (var (silos, roles) in new[] { (controls, Control), (workers, Worker) })
            foreach (var ended in silos.Where(s => s.HasExited).ToArray())
            {
                TestContext.Current.TestOutputHelper!.WriteLine($"{ended.Name} had ended: {LastWords(ended)}");
                Replace(silos, _ => { }, roles, ended.Name);
            }
    }

    /// <summary>Waits, and looks after the processes meanwhile.</summary>
    private Task Until(Func<Task<bool>> condition) => TestCluster.Until(async () =>
    {
        Revive();
        return await condition();
    });

    private static string LastWords(ChildProcess silo) => silo.Output.Split('\n').LastOrDefault(line => line.Contains(" fail: ") || line.Contains("crit: ")) ?? "it said nothing";

    /// <summary>What the cluster says of itself when nothing gets on.</summary>
    private async Task<string> State()
    {
        return string.Join('\n', await Task.WhenAll(Ask("silos"), Ask("list"), Ask("show", ExperimentId.Of(sweeps[^1]))));

        async Task<string> Ask(params string[] arguments)
        {
            try
            {
                return await cluster.Console(arguments).Answer(TestContext.Current.CancellationToken);
            }
            catch (InvalidOperationException e)
            {
                return e.Message;
            }
        }
    }

    /// <summary>Submits the next sweep when the last has ended.</summary>
    private async Task KeepBusy()
    {
        if (sweeps.Count > 0 && (await cluster.Store.FindExperiment(ExperimentId.Of(sweeps[^1])))!.Status == ExperimentStatus.Running)
            return;
        // Each with a seed of its own: otherwise it would find everything done.
        sweeps.Add(AnySweep.Of($"faults-{sweeps.Count}", 8, 40) with { Seeds = [sweeps.Count + 1] });
        await Until(async () =>
        {
            await cluster.Submit(sweeps[^1]);
            return true;
        });
    }

    private async Task<string> Break()
    {
        switch (random.NextInt(network is null ? 12 : 15))
        {
            case 0:
                return $"killed worker {Replace(workers, s => s.Kill(), Worker)}";
            case 1:
                return $"killed control silo {Replace(controls, s => s.Kill(), Control)}";
            case 2:
                return $"told worker {Replace(workers, s => s.Terminate(), Worker)} to stop";
            case 3:
                return $"told control silo {Replace(controls, s => s.Terminate(), Control)} to stop";
            case 4:
                return await Freeze(workers);
            case 5:
                return await Freeze(controls);
            case 6:
                server.Crash();
                server.Start(Settings);
                return "crashed the database and started it again";
            case 7:
                server.Stop();
                Wait(2);
                server.Start(Settings);
                return "stopped the database for 2 s";
            case 8:
                using (ConnectionHog.Take(server))
                    Wait(2);
                return "took every connection of the database for 2 s";
            case 9:
                var runners = new List<int>();
                // Silos that have just begun have none, and get none when the sweep ends before it is their turn.
                await Until(async () =>
                {
                    await KeepBusy();
                    return (runners = [.. controls.Concat(workers).SelectMany(s => ProcessTable.ChildrenOf(s.Id))]).Count > 0;
                });
                ChildProcess.Kill(runners[random.NextInt(runners.Count)]);
                return "killed a runner";
            case 10:
                var host = await cluster.HostOf(sweeps[^1]);
                return $"killed {Replace(controls, s => s.Kill(), Control, host)}, perhaps the host of the experiment";
            case 11:
                foreach (var silo in controls.ToArray())
                    Replace(controls, s => s.Kill(), Control, silo.Name);
                foreach (var silo in workers.ToArray())
                    Replace(workers, s => s.Kill(), Worker, silo.Name);
                return "killed every silo";
            case 12:
                return await CutOff(workers);
            case 13:
                return await CutOff(controls);
            default:
                var place = 1 + random.NextInt(controls.Count + workers.Count - 1);
                var (one, other) = (controls[0], controls[0]);
                // One that is still starting does not get in while it is cut off from another.
                await Until(async () =>
                {
                    (one, other) = (controls[0], controls.Concat(workers).ElementAt(place));
                    return (await cluster.Client.Cluster.Silos()).Select(s => s.Report.Name).ToHashSet().IsSupersetOf([one.Name, other.Name]);
                });
                network!.Cut(one.Name, other.Name);
                await Until(() => Task.FromResult(one.HasExited || other.HasExited));
                network.Heal(one.Name, other.Name);
                return $"cut the connection between {one.Name} and {other.Name}";
        }
    }

    private async Task<string> Freeze(List<ChildProcess> silos)
    {
        var frozen = silos[random.NextInt(silos.Count)];
        frozen.Freeze();
        await IsMissed(frozen);
        frozen.Thaw();
        return $"froze {frozen.Name} and woke it up";
    }

    private async Task<string> CutOff(List<ChildProcess> silos)
    {
        var lost = silos[random.NextInt(silos.Count)];
        network!.CutOff(lost.Name);
        await IsMissed(lost);
        network.Heal(lost.Name);
        return $"cut {lost.Name} off from everything for a while";
    }

    private Task IsMissed(ChildProcess silo) => Until(
        async () => !(await cluster.Client.Cluster.Silos()).Any(s => s.Report.Name == silo.Name && s.Silent < TimeSpan.FromSeconds(5)));

    private static void Wait(int seconds) => TestContext.Current.CancellationToken.WaitHandle.WaitOne(TimeSpan.FromSeconds(seconds));

    /// <summary>Does something to one of them, and starts another in its place.</summary>
    /// <param name="name">Which; null for any.</param>
    private string Replace(List<ChildProcess> silos, Action<ChildProcess> action, string roles, string? name = null)
    {
        var victim = silos.FirstOrDefault(s => s.Name == name) ?? silos[random.NextInt(silos.Count)];
        action(victim);
        silos.Remove(victim);
        silos.Add(cluster.Begin(Name(), roles));
        return victim.Name;
    }

    /// <summary>Waits until another trial has ended, or the sweep.</summary>
    private async Task<TimeSpan> GoesOn()
    {
        var watch = Stopwatch.StartNew();
        var id = ExperimentId.Of(sweeps[^1]);
        var before = await Done();
        await Until(async () => await Done() > before || (await cluster.Store.FindExperiment(id))!.Status != ExperimentStatus.Running);
        return watch.Elapsed;

        async Task<int> Done() => (await cluster.Store.ListTrials(id)).Count(t => t.Status != TrialStatus.Pending);
    }

    /// <summary>What was committed survives the end of the server's processes, as it would on a real one.</summary>
    private string[] Settings =>
        ["synchronous_commit=on", .. network is null ? Array.Empty<string>() : [$"listen_addresses={PostgresServer.Loopback},{network.Host}"]];

    private string Name() => $"silo-{++started}";

    private static int FromEnvironment(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : otherwise;
}
