using Grid.Experiments.Compression.Pruning;
using Grid.Experiments.Compression.Quantization;
using Grid.Experiments.Datasets;
using Grid.Experiments.Measurement;
using Grid.Experiments.Measurement.Energy;
using Grid.Experiments.Measurement.Machine;
using Grid.Experiments.Running;
using Grid.Experiments.Training;
using Grid.Runner;
using Grid.Runner.Native;
using Grid.Runner.Stages;

switch (args)
{
    case ["run"]:
        var datasets = DatasetStore.FromEnvironment();
        var runner = new OrderRunner(
            [
                new SourceStage(), new TrainStage(), new PruneStage(), new FineTuneStage(), new QuantizeStage(),
                new MeasureStage(new EstimatedEnergy(), TimeProvider.System, () => Environment.CpuUsage.TotalTime), new TestStage(),
            ],
            settings => datasets.Load(settings),
            MachineGate.FromEnvironment());
        RunnerLoop.Run(runner.Execute);
        return 0;
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
