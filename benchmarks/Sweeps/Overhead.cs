using Grid.Experiments.Stages;

namespace Grid.Benchmarks.Sweeps;

/// <summary>What a sweep of stages of a second or more takes, over the least it could take with all slots always busy.</summary>
internal static class Overhead
{
    private const int Slots = 2;
    private const double Most = 1.10;

    /// <returns>0, or 1 when the limit is not kept.</returns>
    public static async Task<int> Run()
    {
        var (sweep, view, time) = await NoWorkSweep.Run(6, 8, Slots, Duration);
        var ideal = NoWorkSweep.IdealSeconds(sweep, Slots, Duration);
        var ratio = time.TotalSeconds / ideal;
        Console.WriteLine($"{view.StagesComputed} stages in {time.TotalSeconds:0.0} s, at least {ideal:0.0} s: {ratio:0.000} (at most {Most})");
        return ratio <= Most ? 0 : 1;
    }

    private static TimeSpan Duration(StageKind kind) => TimeSpan.FromSeconds(kind switch
    {
        StageKind.Train => 4,
        StageKind.FineTune => 2,
        _ => 1,
    });
}
