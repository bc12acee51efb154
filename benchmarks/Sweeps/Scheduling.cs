namespace Grid.Benchmarks.Sweeps;

/// <summary>Trials a second of sweeps whose stages take no time, every row of them durable, and whether the cost of a trial grows with their number.</summary>
internal static class Scheduling
{
    private const int Slots = 2, Rates = 100;
    private const double LeastRate = 1_000, MostGrowth = 1.5;

    /// <returns>0, or 1 when a limit is not kept.</returns>
    public static async Task<int> Run()
    {
        await Microseconds(1_000);
        var small = await Microseconds(1_000);
        var middle = await Microseconds(10_000);
        var large = await Microseconds(100_000);
        var (rate, growth) = (1e6 / middle, large / small);
        Console.WriteLine($"10,000 trials: {rate:0} a second (at least {LeastRate:0})");
        Console.WriteLine($"cost of a trial at 100,000 over that at 1,000: {growth:0.00} (at most {MostGrowth})");
        return rate >= LeastRate && growth <= MostGrowth ? 0 : 1;
    }

    private static async Task<double> Microseconds(int trials)
    {
        var before = Environment.CpuUsage.TotalTime;
        var (_, view, time) = await NoWorkSweep.Run(trials / Rates, Rates, Slots, _ => TimeSpan.Zero);
        var each = time.TotalMicroseconds / view.TrialsSucceeded;
        Console.WriteLine(
            $"{view.TrialsSucceeded,7} trials, {view.StagesComputed,7} stages: {time.TotalSeconds,7:0.00} s, {each,5:0} us a trial "
            + $"({(Environment.CpuUsage.TotalTime - before) / time:0.00} cores), "
            + $"{GC.GetTotalMemory(forceFullCollection: true) / 1e6:0} MB held, {Environment.WorkingSet / 1e6:0} MB resident");
        return each;
    }
}
