using System.Text.Json.Nodes;
using Grid.Experiments.Stages;
using Grid.Grains.Contracts;

namespace Grid.Client.Json;

/// <summary>The answer of <c>silos</c>.</summary>
internal sealed record SilosDocument(IReadOnlyList<SiloDocument> Silos, IReadOnlyList<PoolDocument> Pools)
{
    public static SilosDocument Of(IReadOnlyList<SiloView> silos, IReadOnlyList<PoolView> pools)
    {
        var running = pools.SelectMany(p => p.Running).ToLookup(r => r.Holder);
        return new(
            [.. silos.Select(s => new SiloDocument(
                s.Report.Name, s.Report.Address, s.Report.Roles, s.Report.Slots, s.Report.Pools, s.Report.Started, s.Report.Draining, s.Silent.TotalSeconds,
                [.. running[s.Report.Holder].Select(RunningDocument.Of)]))],
            [.. pools.Select(p => new PoolDocument(p.Pool, p.Pending, p.Running.Count, p.Workers, [.. p.Waiting.Select(WaitingDocument.Of)]))]);
    }
}

/// <param name="Silent">Seconds since it was last heard of.</param>
internal sealed record SiloDocument(
    string Name, string Address, IReadOnlyList<string> Roles, int Slots, IReadOnlyList<string> Pools, DateTimeOffset Started, bool Draining, double Silent,
    IReadOnlyList<RunningDocument> Running);

/// <param name="Stage">Its key.</param>
/// <param name="Progress">0 to 1.</param>
/// <param name="Text">What it is at; empty while it is leased and not begun.</param>
internal sealed record RunningDocument(
    string Stage, StageKind Kind, IReadOnlyDictionary<string, JsonNode?> Settings, int Attempt, DateTimeOffset Since, double Progress, string Text)
{
    public static RunningDocument Of(RunningStage stage) => new(
        stage.Key, stage.Kind, PointDocument.ConfigOf(stage.Settings), stage.Attempt, stage.Since, stage.Fraction, stage.Text);
}

/// <param name="Pending">Stages that wait for a slot.</param>
/// <param name="Leased">Stages that a silo has.</param>
/// <param name="Silos">Silos that serve the pool.</param>
/// <param name="Waiting">The experiments whose stages wait.</param>
internal sealed record PoolDocument(string Pool, int Pending, int Leased, int Silos, IReadOnlyList<WaitingDocument> Waiting);

/// <param name="Priority">Null until a silo has asked the pool for work.</param>
/// <param name="MostSlots">Of the pool; null for no limit.</param>
/// <param name="AtLimit">Whether it is its own limit that it waits for.</param>
internal sealed record WaitingDocument(string Experiment, int Pending, int Leased, int? Priority, int? MostSlots, bool AtLimit)
{
    public static WaitingDocument Of(WaitingView waiting) =>
        new(waiting.Experiment, waiting.Pending, waiting.Leased, waiting.Priority, waiting.MostSlots, waiting.AtLimit);
}

/// <summary>The answer of <c>drain</c>.</summary>
internal sealed record DrainDocument(string Silo, bool Draining);

/// <summary>The answer of <c>db migrate</c>.</summary>
/// <param name="Experiments">How many the database holds.</param>
internal sealed record MigrationDocument(string Cluster, int Experiments);
