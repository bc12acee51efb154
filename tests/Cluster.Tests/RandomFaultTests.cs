using System.Diagnostics;
using Grid.Experiments.Randomness;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Tests;

namespace Grid.Cluster.Tests;

/// <summary>
/// Many faults in a row, drawn from a seed, while one sweep follows the other. GRID_FAULTS says how many (8), GRID_FAULT_SEED which (1). What they
/// were, and how long nothing got on after each, is printed.
/// </summary>
public sealed class RandomFaultTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const string Durable = "synchronous_commit=on";

    private static readonly int faults = FromEnvironment("GRID_FAULTS", 8);
    private static readonly int seed = FromEnvironment("GRID_FAULT_SEED", 1);

    private readonly RandomStream random = new((ulong)seed);
    private readonly List<SiloProcess> controls = [];
    private readonly List<SiloProcess> workers = [];
    private readonly List<Sweep> sweeps = [];
    private TestCluster cluster = null!;
    private int started;

    [Fact]
    public async Task However_many_faults_come_in_a_row_nothing_is_lost()
    {
        server.Start(Durable);
        await using var started = cluster = TestCluster.Start(server, stageMilliseconds: 20);
        controls.AddRange(await cluster.Add("control,measure", Name(), Name()));
        workers.AddRange(await cluster.Add("train", Name(), Name()));

        for (var fault = 1; fault <= faults; fault++)
        {
            await KeepBusy();
            var what = await Break();
            TestContext.Current.TestOutputHelper!.WriteLine($"{fault}: {what}; {(await GoesOn()).TotalSeconds:0.0} s until something got on");
        }

        foreach (var sweep in sweeps)
        {
            await cluster.Ended(sweep);
            await cluster.ShouldBeWhole(sweep);
        }
    }

    /// <summary>Submits the next sweep when the last has ended.</summary>
    private async Task KeepBusy()
    {
        if (sweeps.Count > 0 && (await cluster.Store.FindExperiment(ExperimentId.Of(sweeps[^1])))!.Status == ExperimentStatus.Running)
            return;
        sweeps.Add(AnySweep.Of($"faults-{sweeps.Count}", 8, 40));
        await TestCluster.Until(async () =>
        {
            await cluster.Submit(sweeps[^1]);
            return true;
        });
    }

    private async Task<string> Break()
    {
        switch (random.NextInt(6))
        {
            case 0:
                return $"killed worker {Replace(workers, s => s.Kill(), "train")}";
            case 1:
                return $"killed control silo {Replace(controls, s => s.Kill(), "control,measure")}";
            case 2:
                return $"told worker {Replace(workers, s => s.Terminate(), "train")} to stop";
            case 3:
                return $"told control silo {Replace(controls, s => s.Terminate(), "control,measure")} to stop";
            case 4:
                var frozen = workers[random.NextInt(workers.Count)];
                frozen.Freeze();
                await TestCluster.Until(async () => !(await cluster.Client.Cluster.Silos()).Any(s => s.Report.Name == frozen.Name && s.Silent < TimeSpan.FromSeconds(5)));
                frozen.Thaw();
                workers.Remove(frozen);
                workers.Add(cluster.Begin(Name(), "train"));
                return $"froze worker {frozen.Name} and woke it up";
            default:
                server.Crash();
                server.Start(Durable);
                return "crashed the database and started it again";
        }
    }

    /// <summary>Does something to one of them, and starts another in its place.</summary>
    private string Replace(List<SiloProcess> silos, Action<SiloProcess> action, string roles)
    {
        var victim = silos[random.NextInt(silos.Count)];
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
        await TestCluster.Until(async () => await Done() > before || (await cluster.Store.FindExperiment(id))!.Status != ExperimentStatus.Running);
        return watch.Elapsed;

        async Task<int> Done() => (await cluster.Store.ListTrials(id)).Count(t => t.Status != TrialStatus.Pending);
    }

    private string Name() => $"silo-{++started}";

    private static int FromEnvironment(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : otherwise;
}
