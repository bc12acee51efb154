using System.Diagnostics;
using Grid.Benchmarks.Sweeps;
using Grid.Experiments.Metrics;
using Grid.Silo.Slots;
using Grid.Tests;

namespace Grid.Benchmarks.Report;

/// <summary>How long <c>grid report</c> takes as a user calls it, from the start of its process to the end, for a sweep of 2,000 trials and four objectives.</summary>
internal static class ReportSpeed
{
    private const int Ratios = 40, Rates = 50, Rounds = 7;
    private const double Limit = 2;

    /// <returns>0, or 1 when the median is above the limit.</returns>
    public static async Task<int> Run()
    {
        var sweep = AnySweep.Of("report", Ratios, Rates) with
        {
            Objectives =
            [
                new(MetricCatalog.Accuracy, Direction.Maximize), new(MetricCatalog.LatencyP50, Direction.Minimize),
                new(MetricCatalog.Energy, Direction.Minimize), new(MetricCatalog.Size, Direction.Minimize),
            ],
        };
        var times = new List<double>();
        await SweepRun.Of([sweep], new SlotOptions { Slots = 2, Executor = () => new FullMeasurements() }, read: async (_, home) =>
        {
            for (var round = 0; round < Rounds; round++)
                times.Add(await Write(home));
        });
        times.Sort();
        var median = times[Rounds / 2];
        Console.WriteLine($"report of {Ratios * Rates:N0} trials: {median:0.00} s ({times[0]:0.00} to {times[^1]:0.00}; at most {Limit:0.00})");
        return median <= Limit ? 0 : 1;
    }

    private static async Task<double> Write(string home)
    {
        var file = Path.Combine(home, "report.html");
        var begun = Stopwatch.GetTimestamp();
        using var console = Process.Start(new ProcessStartInfo(Programs.Console(), ["report", "latest", "--home", home, "--output", file]) { RedirectStandardOutput = true })!;
        await console.StandardOutput.ReadToEndAsync();
        await console.WaitForExitAsync();
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        return console.ExitCode == 0 && new FileInfo(file).Length > 1_000_000 ? seconds : throw new InvalidOperationException($"grid report ended with {console.ExitCode}.");
    }
}
