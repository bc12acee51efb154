using System.Diagnostics;
using Grid.Benchmarks.Sweeps;
using Grid.Experiments.Store;
using Grid.Silo.Hosting;
using Grid.Silo.Settings;
using Microsoft.Extensions.Hosting;

namespace Grid.Benchmarks.Clusters;

/// <summary>Silos as processes of their own, whose stages take a given time and do nothing. Each is this program again.</summary>
internal sealed class SiloProcesses(string store) : IDisposable
{
    // In memory where that is there. Models are made and, being the same few bytes, deleted again a thousand times a second, which no real
    // stage does, and which ext4 is slow at: it looks past every inode that was deleted within the last seconds.
    private readonly DirectoryInfo folder =
        Directory.CreateDirectory(Path.Combine(Directory.Exists(Memory) ? Memory : Path.GetTempPath(), $"grid-benchmark-{Guid.NewGuid():N}"));
    private readonly Dictionary<string, Process> processes = [];

    private const string Memory = "/dev/shm";

    public string ClusterId { get; } = $"benchmark-{Guid.NewGuid():N}"[..24];

    /// <summary>The most memory, in bytes, that one of them has taken.</summary>
    public long PeakMemory(string name)
    {
        var process = processes[name];
        process.Refresh();
        return process.PeakWorkingSet64;
    }

    /// <summary>Processor time that one of them has used.</summary>
    public TimeSpan ProcessorTime(string name)
    {
        var process = processes[name];
        process.Refresh();
        return process.TotalProcessorTime;
    }

    public IEnumerable<string> Names => processes.Keys;

    /// <param name="milliseconds">What a stage takes.</param>
    public void Start(string name, string roles, int slots, int milliseconds)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["silo", $"{milliseconds}"]) { RedirectStandardOutput = true };
        var settings = new Dictionary<string, string>
        {
            [SiloSetting.Store.Variable] = store,
            [SiloSetting.ClusterId.Variable] = ClusterId,
            [SiloSetting.Name.Variable] = name,
            [SiloSetting.Role.Variable] = roles,
            [SiloSetting.Slots.Variable] = $"{slots}",
            [SiloSetting.SiloPort.Variable] = "0",
            [SiloSetting.GatewayPort.Variable] = "0",
            [SiloSetting.Cache.Variable] = Path.Combine(folder.FullName, name),
            [SiloSetting.DrainTime.Variable] = "0",
        };
        foreach (var (variable, value) in settings)
            start.Environment[variable] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains(" fail: ") == true)
                Console.Error.WriteLine($"{name}: {line.Data}");
        };
        process.BeginOutputReadLine();
        processes.Add(name, process);
    }

    /// <summary>What each of the processes does, until it is killed.</summary>
    public static async Task<int> Run(int milliseconds)
    {
        var settings = SiloSettings.Read(_ => null, Environment.GetEnvironmentVariable);
        using var host = ClusterSilo.Build(settings, () => new NoWork(_ => TimeSpan.FromMilliseconds(milliseconds)));
        await host.RunAsync();
        return 0;
    }

    public ClusterStore Open() => ClusterStore.Open(store, null, HomeFolder.Open(Path.Combine(folder.FullName, "client")));

    public void Dispose()
    {
        foreach (var process in processes.Values)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
        folder.Delete(recursive: true);
    }
}
