using Grid.Benchmarks.Sweeps;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Files;
using Grid.Experiments.Sweeps.Planning;
using Grid.Experiments.Sweeps.Strategies;
using Grid.Silo.Slots;

namespace Grid.Benchmarks.Reuse;

/// <summary>
/// What the Fashion-MNIST example takes when every trial computes its own stages, over what it takes, beside the same ratio predicted from
/// the plans and the mean time of a stage of each kind.
/// </summary>
internal static class ReuseRatio
{
    private const int Slots = 2, Trials = 16, TrainingImages = 20_000;
    private const double Least = 0.90, Most = 1.10;
    private static readonly SlotOptions slots = new() { Slots = Slots };

    /// <param name="full">All of the example; otherwise a part of its trials and of its training images.</param>
    /// <returns>0, or 1 when the limit is not kept.</returns>
    public static async Task<int> Run(bool full)
    {
        var sweep = Example(full);
        var (shared, sharedStages) = await Timed([sweep]);
        Console.WriteLine($"shared:   {shared.TotalSeconds,7:0.0} s");
        var (unshared, unsharedStages) = await Timed(SeparateTrials.Of(sweep));
        Console.WriteLine($"unshared: {unshared.TotalSeconds,7:0.0} s");

        foreach (var (kind, count) in sharedStages.Counts.OrderBy(c => c.Key))
            Console.WriteLine($"{kind,9}: {count,4} shared, {unsharedStages.Counts[kind],4} unshared, "
                + $"{sharedStages.MeanSeconds[kind]:0.000} s each ({unsharedStages.MeanSeconds[kind]:0.000} s unshared)");
        var means = sharedStages.MeanSeconds;
        var plan = SweepPlan.Of(sweep);
        Console.WriteLine($"plan of the sweep: {StageTime.Total(plan.UnsharedStages, means, Slots) / StageTime.Total(plan.DistinctStages, means, Slots):0.00} "
            + "times as long without sharing, leaving out references and tests that only separate sweeps have");

        var measured = unshared / shared;
        var predicted = (StageTime.Total(unsharedStages.Counts, means, Slots) / StageTime.Total(sharedStages.Counts, means, Slots))!.Value;
        var quotient = measured / predicted;
        Console.WriteLine($"{measured:0.00} times as long, predicted {predicted:0.00}: {quotient:0.000} ({Least:0.00} to {Most:0.00})");
        return quotient is >= Least and <= Most ? 0 : 1;
    }

    private static async Task<(TimeSpan Time, StageTally Stages)> Timed(IReadOnlyList<Sweep> sweeps)
    {
        StageTally? stages = null;
        var run = await SweepRun.Of(sweeps, slots, async (store, _) => stages = await StageTally.Of(store, sweeps));
        return (run.Time, stages!);
    }

    private static Sweep Example(bool full)
    {
        var reading = SweepFile.Read(Path.Combine(AppContext.BaseDirectory, "Reuse", "fashion-mnist.yaml"));
        var sweep = reading.Sweep ?? throw new InvalidOperationException(string.Join('\n', reading.Errors));
        return full ? sweep : sweep with
        {
            Data = sweep.Data with { TrainCount = TrainingImages },
            Strategy = new StrategySettings(SweepStrategies.Random, Trials, 1),
        };
    }
}
