using System.Diagnostics;

namespace Grid.Benchmarks.Memory;

/// <summary>The most memory that the console's process, which holds the silo, and its runners take while a sweep on MNIST runs.</summary>
internal static class MemoryPeaks
{
    private const double MostOfSilo = 300, MostOfRunner = 700;

    /// <summary>A peak is the kernel's own: looking again only finds new runners, and the last growth of one that ends.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    /// <returns>0, or 1 when a limit is not kept or the sweep did not succeed.</returns>
    public static async Task<int> Run()
    {
        var home = Directory.CreateTempSubdirectory("grid-benchmark-");
        try
        {
            string[] arguments = ["run", Path.Combine(AppContext.BaseDirectory, "Memory", "lenet-300-100.yaml"), "--home", home.FullName, "--slots", "2", "--json"];
            // The document is of no use here, the progress on standard error is.
            using var console = Process.Start(new ProcessStartInfo(Programs.Console(), arguments) { RedirectStandardOutput = true })!;
            var document = console.StandardOutput.ReadToEndAsync();
            var (silo, runners, hasTorch) = await Watch(console);
            await document;
            return Report(silo, runners, hasTorch) && console.ExitCode == 0 ? 0 : 1;
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    private static async Task<(double Silo, Dictionary<int, double> Runners, bool HasTorch)> Watch(Process console)
    {
        var (silo, runners, hasTorch) = (0.0, new Dictionary<int, double>(), false);
        using var timer = new PeriodicTimer(Tick);
        while (await timer.WaitForNextTickAsync() && ProcessStatus.Of(console.Id) is { } status)
        {
            silo = status.PeakMegabytes;
            foreach (var child in ProcessStatus.ChildrenOf(console.Id).Where(c => c.Name == "Grid.Runner"))
                runners[child.Id] = child.PeakMegabytes;
            hasTorch |= ProcessStatus.HasLoaded(console.Id, "libtorch");
        }
        await console.WaitForExitAsync();
        return (silo, runners, hasTorch);
    }

    private static bool Report(double silo, Dictionary<int, double> runners, bool hasTorch)
    {
        Console.WriteLine($"silo: {silo:0} MB (less than {MostOfSilo:0})");
        Console.WriteLine($"runners: {string.Join(", ", runners.Values.Select(peak => $"{peak:0}"))} MB (each less than {MostOfRunner:0})");
        if (hasTorch)
            Console.WriteLine("The silo has loaded libtorch, which only its runners may.");
        return silo < MostOfSilo && runners.Count > 0 && runners.Values.Max() < MostOfRunner && !hasTorch;
    }
}
