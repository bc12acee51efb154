using Grid.Experiments.Compression.Pruning;
using Grid.Experiments.Compression.Quantization;
using Grid.Experiments.Datasets;
using Grid.Experiments.Measurement;
using Grid.Experiments.Measurement.Energy;
using Grid.Experiments.Measurement.Energy.Inference;
using Grid.Experiments.Measurement.Energy.Meters;
using Grid.Experiments.Measurement.Machine;
using Grid.Experiments.Running;
using Grid.Experiments.Training;
using Grid.Runner;
using Grid.Runner.Native;
using Grid.Runner.Stages;
using Grid.Runner.Telemetry;

switch (args)
{
    case ["run"]:
        return Run();
    case ["cure-native", var folder]:
        return CureNative(folder);
    case ["check"]:
        return NativeCheck.Run();
    default:
        Console.Error.WriteLine("usage: Grid.Runner run | check | cure-native FOLDER");
        return 2;
}

static int CureNative(string folder)
{
    try
    {
        Console.WriteLine(LibstdcxxCure.Apply(folder, SystemLibstdcxx.Provides));
        return 0;
    }
    catch (InvalidDataException e)
    {
        Console.Error.WriteLine(e.Message);
        return 1;
    }
}

static int Run()
{
    MachineMeters machine;
    try
    {
        machine = new MachineMeters(MeterSettings.From(Environment.GetEnvironmentVariable), TimeProvider.System);
    }
    catch (MeterException e)
    {
        Console.Error.WriteLine(e.Message);
        return 2;
    }
    var datasets = DatasetStore.FromEnvironment();
    var processors = new ProcessorTime(() => Environment.CpuUsage.TotalTime);
    var energy = new MeteredEnergy(machine, processors, TimeProvider.System, Thread.Sleep);
    var runner = new OrderRunner(
        [
            new SourceStage(), new TrainStage(), new PruneStage(), new FineTuneStage(), new QuantizeStage(),
            new MeasureStage(energy, TimeProvider.System, () => Environment.CpuUsage.TotalTime), new TestStage(),
        ],
        settings => datasets.Load(settings),
        MachineGate.FromEnvironment(),
        // Built for CUDA: then it holds an accelerator, whether the stage at hand uses it or not.
        new StageMeter(machine, processors, accelerated: File.Exists(Path.Combine(AppContext.BaseDirectory, "libtorch_cuda.so"))));
    using var traces = RunnerTraces.FromEnvironment();
    RunnerLoop.Run(traces is null ? runner.Execute : (order, link) => traces.Watch(order, () => runner.Execute(order, link)));
    return 0;
}
