using Grid.Experiments.Measurement;
using Grid.Experiments.Metrics;

namespace Grid.Client.Comparing;

/// <summary>Whether a number of one sweep says anything beside that of another.</summary>
internal static class Comparability
{
    /// <summary>Why two numbers cannot be compared; null when they can. Both are known.</summary>
    public static string? Obstacle(Side a, Side b, string metric, Provenance ofA, Provenance ofB) =>
        ofA != ofB ? $"one is {Word(ofA)}, the other {Word(ofB)}"
        : metric switch
        {
            MetricCatalog.Accuracy => OtherImages(a, b),
            MetricCatalog.TestAccuracy => OtherData(a, b),
            MetricCatalog.Speedup => OtherNetwork(a, b) ?? OtherThreads(a, b),
            MetricCatalog.LatencyP50 or MetricCatalog.LatencyP90 or MetricCatalog.LatencyP99 => OtherMachines(a, b) ?? OtherThreads(a, b),
            MetricCatalog.Throughput => OtherMachines(a, b) ?? OtherThreads(a, b) ?? OtherBatch(a, b),
            // An estimate knows nothing of the machine.
            MetricCatalog.Energy or MetricCatalog.NetEnergy when ofA != Provenance.Estimated => OtherMachines(a, b) ?? OtherThreads(a, b),
            _ => null,
        };

    private static string? OtherMachines(Side a, Side b) =>
        a.Device == b.Device ? null : $"one is of {a.Device}, the other of {b.Device}: other machines take other times";

    private static string? OtherNetwork(Side a, Side b) => a.Sweep.Model with { File = null } == b.Sweep.Model with { File = null }
        ? null
        : "each is against its own uncompressed model, and those are not the same network";

    private static string? OtherData(Side a, Side b) =>
        (a.Sweep.Data.Name, a.Sweep.Data.ContentHash) == (b.Sweep.Data.Name, b.Sweep.Data.ContentHash) ? null : "they are of other data";

    private static string? OtherImages(Side a, Side b) => OtherData(a, b)
        ?? ((a.Sweep.Data.ValidationCount, a.Sweep.Data.SplitSeed) == (b.Sweep.Data.ValidationCount, b.Sweep.Data.SplitSeed)
            ? null
            : "they are of other validation images");

    private static string? OtherThreads(Side a, Side b) => Differing("threads", Of(a).Threads, Of(b).Threads);

    private static string? OtherBatch(Side a, Side b) => Differing("images a batch", Of(a).Batch, Of(b).Batch);

    private static string? Differing(string what, int a, int b) => a == b ? null : $"one was measured with {a} {what}, the other with {b}";

    private static MeasureSettings Of(Side side) => MeasureSettings.From(side.Sweep.Measure);

    private static string Word(Provenance provenance) => provenance.ToString().ToLowerInvariant();
}
