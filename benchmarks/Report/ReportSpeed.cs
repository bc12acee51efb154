using System.Diagnostics;
using Grid.Benchmarks.Sweeps;
using Grid.Experiments.Metrics;
using Grid.Silo.Slots;
using Grid.Tests;

namespace Grid.Benchmarks.Report;

/// <summary>
/// How long <c>grid report</c> takes as a user calls it, from the start of its process to the end, for a sweep of 2,000 trials and four objectives; and how
/// fast a browser then draws the page, once and while its reader brushes.
/// </summary>
internal static class ReportSpeed
{
    private const int Ratios = 40, Rates = 50, Rounds = 7;

    /// <summary>Seconds to write and to draw; milliseconds between redraws.</summary>
    private const double WriteLimit = 2, DrawLimit = 2, RedrawLimit = 50;

    /// <returns>0, or 1 when a median is above its limit.</returns>
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
        PageSpeed.Times? page = null;
        await SweepRun.Of([sweep], new SlotOptions { Slots = 2, Executor = () => new FullMeasurements() }, read: async (_, home) =>
        {
            for (var round = 0; round < Rounds; round++)
                times.Add(await Write(home));
            page = await PageSpeed.Of(FileIn(home));
        });
        var kept = Tell($"report of {Ratios * Rates:N0} trials written", times, WriteLimit, "s");
        if (page is null)
        {
            Console.Error.WriteLine("There is no Chromium (Debian: chromium) to open it with.");
            return 1;
        }
        kept &= Tell("drawn by a browser", page.Drawn, DrawLimit, "s");
        kept &= Tell("redraw while brushing points", page.Points, RedrawLimit, "ms");
        kept &= Tell("redraw while brushing an axis", page.Axis, RedrawLimit, "ms");
        return kept ? 0 : 1;
    }

    private static bool Tell(string what, List<double> times, double limit, string unit)
    {
        times.Sort();
        var median = times.Count == 0 ? double.NaN : times[times.Count / 2];
        Console.WriteLine(times.Count == 0 ? $"{what}: never" : $"{what}: {median:0.00} {unit} (nine in ten at most {times[times.Count * 9 / 10]:0.00}, worst {times[^1]:0.00}; {times.Count} times; at most {limit})");
        return median <= limit;
    }

    private static string FileIn(string home) => Path.Combine(home, "report.html");

    private static async Task<double> Write(string home)
    {
        var file = FileIn(home);
        var begun = Stopwatch.GetTimestamp();
        using var console = Process.Start(new ProcessStartInfo(Programs.Console(), ["report", "latest", "--home", home, "--output", file]) { RedirectStandardOutput = true })!;
        await console.StandardOutput.ReadToEndAsync();
        await console.WaitForExitAsync();
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        return console.ExitCode == 0 && new FileInfo(file).Length > 1_000_000 ? seconds : throw new InvalidOperationException($"grid report ended with {console.ExitCode}.");
    }
}
