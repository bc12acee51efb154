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
    public static async Task Measure(TestCluster cluster, Sweep sweep, string fault, Action inject, string? victim = null)
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

        async Task<IReadOnlyList<StageRow>> Stages(Func<StageRow, bool> which) => [.. (await cluster.Store.FindStages([.. keys])).Where(which)];
    }

    /// <param name="flows">Until work began anew.</param>
    /// <param name="lost">Until what the victim was at was done.</param>
    public static void Tell(string fault, TimeSpan flows, TimeSpan? lost = null)
    {
        var numbers = (Text(flows), lost is { } time ? Text(time) : "");
        TestContext.Current.TestOutputHelper!.WriteLine($"{fault}: work flows after {numbers.Item1} s{(lost is null ? "" : $", what was lost is done after {numbers.Item2} s")}");
        if (Environment.GetEnvironmentVariable("GRID_FAULT_TIMES") is { Length: > 0 } file)
            File.AppendAllText(file, $"{fault}\t{numbers.Item1}\t{numbers.Item2}\n");
    }

    private static string Text(TimeSpan time) => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
}
