using Grid.Grains.Contracts;
using Orleans.Concurrency;

namespace Grid.Grains.Cluster;

/// <summary>Remembers each silo's last report, and who is to drain.</summary>
[GrainType(GridGrains.ClusterType), KeepAlive]
internal sealed class ClusterGrain(TimeProvider time) : Grain, IClusterGrain
{
    /// <summary>A silo that has been silent for so long is no longer listed.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, (SiloReport Report, long At)> silos = [];
    private readonly Dictionary<string, bool> wishes = [];

    public Task<SiloOrders> Report(SiloReport report)
    {
        silos[report.Name] = (report, time.GetTimestamp());
        // Where no wish is known, as after this grain was lost, a silo goes on as it is.
        return Task.FromResult(new SiloOrders(wishes.GetValueOrDefault(report.Name, report.Draining)));
    }

    [ReadOnly]
    public Task<IReadOnlyList<SiloView>> Silos()
    {
        foreach (var (name, silo) in silos)
            if (time.GetElapsedTime(silo.At) > Forgotten)
            {
                silos.Remove(name);
                wishes.Remove(name);
            }
        return Task.FromResult<IReadOnlyList<SiloView>>(
            [.. silos.Values.Select(s => new SiloView(s.Report, time.GetElapsedTime(s.At))).OrderBy(s => s.Report.Name, StringComparer.Ordinal)]);
    }

    public Task<bool> Drain(string silo, bool drain)
    {
        if (!silos.ContainsKey(silo))
            return Task.FromResult(false);
        wishes[silo] = drain;
        return Task.FromResult(true);
    }
}
