using System.Diagnostics;
using System.Globalization;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;

namespace Grid.Cluster.Tests.Faults;

/// <summary>
/// Measures how long a fault holds up work: until a stage is done that nobody had begun when the fault came, and until all that its victim was
/// at is done by another. Printed, and appended to the file that GRID_FAULT_TIMES names: fault, seconds, seconds or nothing, with tabs between.
/// </summary>
internal static class Recovery
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <param name="fault">What it is called in the table of faults.</param>
    /// <param name="inject">Makes it happen. The time begins before it: what it takes counts.</param>
    /// <param name="victim">Name of the silo whose leases are followed; null where the fault is not one silo's.</param>
    /// <returns>How many stages the victim was at.</returns>
    public static async Task<int> Measure(TestCluster cluster, Sweep sweep, string fault, Action inject, string? victim = null)
    {
        var keys = SweepPlan.Of(sweep).StageKeys;
        var (waiting, lost) = (await Stages(_ => true), new HashSet<string>());
        if (waiting.All(s => s.Status == StageStatus.Done) && waiting.Count == keys.Count)
            throw new InvalidOperationException($"The sweep was over before this could happen: {fault}");
        var begun = waiting.Where(s => s.Status != StageStatus.Pending).Select(s => s.Key).ToHashSet();
        if (victim is not null)
            lost = [.. waiting.Where(s => s is { Status: StageStatus.Leased, Holder: not null } && s.Holder.StartsWith($"{victim} at ")).Select(s => s.Key)];
        var watch = Stopwatch.StartNew();
        inject();
        TimeSpan? flows = null, made = lost.Count == 0 ? TimeSpan.Zero : null;
        await TestCluster.Until(async () =>
        {
            while (flows is null || made is null)
            {
                var done = await Stages(s => s.Status == StageStatus.Done);
                if (done.Any(s => !begun.Contains(s.Key)))
                    flows ??= watch.Elapsed;
                if (lost.IsSubsetOf(done.Select(s => s.Key)))
                    made ??= watch.Elapsed;
                if (flows is null || made is null)
                    await Task.Delay(Interval, TestContext.Current.CancellationToken);
                if (watch.Elapsed > TimeSpan.FromMinutes(3))
                    throw new InvalidOperationException($"Nothing got on for minutes after this: {fault}.\n{cluster.Logs()}");
            }
            return true;
        });
        Tell(fault, flows!.Value, lost.Count == 0 ? null : made);
        return lost.Count;

        async Task<IReadOnlyList<StageRow>> Stages(Func<StageRow, bool> which) => [.. (await cluster.Store.FindStages([.. keys])).Where(which)];
    }

    /// <summary>Measures the longest time in which no stage of a running sweep is done, for faults that last.</summary>
    /// <param name="during">Makes it happen, and ends when the measuring may end.</param>
    public static async Task Standstill(TestCluster cluster, Sweep sweep, string fault, Func<Task> during)
    {
        var keys = SweepPlan.Of(sweep).StageKeys;
        var (longest, done, since) = (TimeSpan.Zero, 0, Stopwatch.StartNew());
        var happening = during();
        while (!happening.IsCompleted)
        {
            var now = (await cluster.Store.FindStages([.. keys])).Count(s => s.Status == StageStatus.Done);
            longest = now < keys.Count && since.Elapsed > longest ? since.Elapsed : longest;
            if (now > done)
                since.Restart();
            done = now;
            await Task.WhenAny(happening, Task.Delay(Interval));
        }
        await happening;
        Tell(fault, longest);
    }

    /// <param name="seconds">Until work began anew.</param>
    /// <param name="lost">Until what the victim was at was done.</param>
    private static void Tell(string fault, TimeSpan seconds, TimeSpan? lost = null)
    {
        var numbers = (Text(seconds), lost is { } time ? Text(time) : "");
        TestContext.Current.TestOutputHelper!.WriteLine($"{fault}: {numbers.Item1} s{(lost is null ? "" : $"; what was lost is done after {numbers.Item2} s")}");
        if (Environment.GetEnvironmentVariable("GRID_FAULT_TIMES") is { Length: > 0 } file)
            File.AppendAllText(file, $"{fault}\t{numbers.Item1}\t{numbers.Item2}\n");
    }

    private static string Text(TimeSpan time) => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
}
