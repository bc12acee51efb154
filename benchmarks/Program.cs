using Grid.Benchmarks.Clusters;
using Grid.Benchmarks.Frontier;
using Grid.Benchmarks.Memory;
using Grid.Benchmarks.Report;
using Grid.Benchmarks.Reuse;
using Grid.Benchmarks.Sweeps;
using Grid.Benchmarks.Training;

switch (args)
{
    case ["training"]:
        return GraphOverhead.Run();
    case ["frontier"]:
        return FrontierSpeed.Run();
    case ["report"]:
        return await ReportSpeed.Run();
    case ["looking"]:
        return await LookingOn.Run();
    case ["scheduling"]:
        return await Scheduling.Run();
    case ["telemetry"]:
        return await TelemetryCost.Run();
    case [TelemetryCost.Telling or TelemetryCost.Silent]:
        return await TelemetryCost.Sweep(tell: args[0] == TelemetryCost.Telling);
    case ["take"]:
        return await TelemetryCost.Take();
    case ["overhead"]:
        return await Overhead.Run();
    case ["reuse"]:
        return await ReuseRatio.Run(full: false);
    case ["reuse", "--full"]:
        return await ReuseRatio.Run(full: true);
    case ["memory"]:
        return await MemoryPeaks.Run();
    case ["cluster"]:
        return await ClusterSpeed.Run();
    case ["million"]:
        return await ManyTrials.Run(1_000_000);
    case ["million", var trials]:
        return await ManyTrials.Run(int.Parse(trials));
    case ["watching"]:
        return await Watching.Run();
    case ["silo", var milliseconds]:
        return await SiloProcesses.Run(int.Parse(milliseconds));
    default:
        Console.Error.WriteLine("usage: Grid.Benchmarks training | frontier | report | looking | scheduling | telemetry | overhead | reuse [--full] | memory | cluster | watching | million [TRIALS]");
        return 2;
}
