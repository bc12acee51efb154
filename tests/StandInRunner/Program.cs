using Grid.Experiments.Running;
using Grid.StandInRunner;

switch (args)
{
    case ["run"]:
        RunnerLoop.Run(StandInStage.Execute);
        return 0;
    case ["own-runners"]:
        return await RunnerOwner.Run();
    case ["append-events", var file, var experiment]:
        return await StoreClient.AppendEvents(file, experiment);
    case ["hold-home", var folder]:
        return StoreClient.HoldHome(folder);
    case ["enter-gate", var folder, var how]:
        return GateVisitor.Enter(folder, alone: how == "alone");
    default:
        Console.Error.WriteLine("run | own-runners | append-events FILE EXPERIMENT | hold-home FOLDER | enter-gate FOLDER alone|together");
        return 2;
}
