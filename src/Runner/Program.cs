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
            [new SourceStage(), new TrainStage(), new FineTuneStage()],
            settings => datasets.Load(settings));
        RunnerLoop.Run(runner.Execute);
        return 0;
    case ["cure-native", var folder]:
        Console.WriteLine(LibstdcxxCure.Apply(folder));
        return 0;
    default:
        Console.Error.WriteLine("usage: Grid.Runner run | cure-native FOLDER");
        return 2;
}
