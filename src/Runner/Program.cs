using Grid.Experiments.Compression.Pruning;
using Grid.Experiments.Compression.Quantization;
using Grid.Experiments.Datasets;
using Grid.Experiments.Running;
using Grid.Experiments.Training;
using Grid.Runner.Native;
using Grid.Runner.Stages;

switch (args)
{
    case ["run"]:
        var datasets = DatasetStore.FromEnvironment();
        var runner = new OrderRunner(
            [new SourceStage(), new TrainStage(), new PruneStage(), new FineTuneStage(), new QuantizeStage()],
            settings => datasets.Load(settings));
        RunnerLoop.Run(runner.Execute);
        return 0;
    case ["cure-native", var folder]:
        return CureNative(folder);
    default:
        Console.Error.WriteLine("usage: Grid.Runner run | cure-native FOLDER");
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
