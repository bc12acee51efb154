using Grid.Client.Clusters;
using Grid.Client.Drawing;
using Grid.Client.Json;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Grains.Contracts;
using Spectre.Console;

namespace Grid.Client.Commands;

/// <summary>grid silos</summary>
internal static class SilosCommand
{
    /// <summary>A silo reports every second.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(5);

    public static GridCommand Create() => new(
        "silos", "Show the silos of a cluster: what each does, what runs on it, and what waits.", Act, "silos --cluster prod", "silos --cluster prod --json");

    private static async Task<Answer> Act(Invocation call)
    {
        await using var session = await ClusterSession.Connect(call);
        var silos = await session.Client.Cluster.Silos();
        // A pool that no silo serves is seen by the sweeps that wait for it.
        var running = await session.Client.Store.ListExperiments(ExperimentStatus.Running);
        var pools = await session.Client.Pools(running.SelectMany(row => SweepJson.Read(row.Sweep).Pools));
        return new Answer(SilosDocument.Of(silos, pools), console => Draw(console, silos, pools));
    }

    private static void Draw(IAnsiConsole console, IReadOnlyList<SiloView> silos, IReadOnlyList<PoolView> pools)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("silo", "roles", "slots", "state", "up", "runs");
        var running = pools.SelectMany(p => p.Running).ToLookup(r => r.Holder);
        foreach (var (report, silent) in silos)
            table.AddRow(
                new Text(report.Name), new Text(string.Join(" ", report.Roles)),
                new Text(report.Pools.Count > 0 ? $"{running[report.Holder].Count(r => r.Text.Length > 0)} of {report.Slots}" : ""),
                new Text(silent > Late ? $"silent for {Units.Duration(silent)}" : report.Draining ? "draining" : "working"),
                new Text(Units.Duration(TimeProvider.System.GetUtcNow() - report.Started)),
                new Text(string.Join('\n', running[report.Holder].Where(r => r.Text.Length > 0).Select(Line))));
        console.Write(table);
        foreach (var pool in pools)
        {
            Prose.Write(console, $"{pool.Pool}: {Counted.Doing(pool.Pending, "wait")}, {pool.Running.Count} leased, {Counted.Of(pool.Workers, "silo")} serve{(pool.Workers == 1 ? "s" : "")} it");
            foreach (var waiting in pool.Waiting)
                Prose.Write(console, $"  {ShareText.Of(waiting)}");
        }
    }

    private static string Line(RunningStage stage) => $"{stage.Kind.ToString().ToLowerInvariant()} {stage.Fraction * 100:0} % {stage.Text}";
}
