using Grid.Client.Clusters;
using Grid.Client.Reading;
using Grid.Client.Running;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;

namespace Grid.Client.Commands;

/// <summary>grid extend</summary>
internal static class ExtendCommand
{
    public static GridCommand Create()
    {
        var id = Arguments.Experiment();
        var file = Arguments.SweepFile();
        var detach = new DetachOption { Description = "On a cluster: have it go on and leave; grid watch follows it." };
        var command = new GridCommand(
            "extend", "Go on with a sweep that does not run, with more values, seeds or budget: nothing is computed again, and results stand together.",
            call => Act(call, call.Value(id), call.Value(file), detach.In(call)), "extend fashion-mnist wider.yaml", "extend fashion-mnist wider.yaml --cluster prod --detach")
        {
            id, file, detach,
        };
        PageOptions.AddTo(command);
        return command;
    }

    private static async Task<Answer> Act(Invocation call, string asked, string file, bool detach)
    {
        var sweep = SweepInput.Read(file).Sweep!;
        if (call.Cluster is not null)
        {
            await using var cluster = await ClusterSession.Connect(call);
            var there = await Extend(call, cluster.Place.Store, await cluster.Place.Find(asked), sweep, file);
            return await ClusterRun.Run(call, cluster, there, retryFailed: false, detach);
        }
        string id;
        await using (var home = Place.ToRead(call))
        {
            var found = await home.Find(asked);
            Check(call, found, sweep, file);
            id = found.Id;
        }
        MachineEnergy.MustCount(call, sweep);
        await GridSession.Fetch(call, sweep);
        await using var session = await GridSession.Start(call);
        var row = await Extend(call, session.Grid.Store, (await session.Grid.Store.FindExperiment(id))!, sweep, file);
        return await SweepRun.Run(call, session.Grid, session.Home, row, retryFailed: false, ours: true);
    }

    private static async Task<ExperimentRow> Extend(Invocation call, IExperimentStore store, ExperimentRow row, Sweep sweep, string file)
    {
        Check(call, row, sweep, file);
        await store.ExtendExperiment(row.Id, SweepJson.Write(sweep));
        return (await store.FindExperiment(row.Id))!;
    }

    private static void Check(Invocation call, ExperimentRow row, Sweep sweep, string file)
    {
        if (row.Status == ExperimentStatus.Running)
            throw new UserException($"{row.Id} runs. Pause it first with: grid pause {row.Id}{call.PlaceOption}");
        var obstacles = SweepExtension.Obstacles(SweepJson.Read(row.Sweep), sweep);
        if (obstacles.Count > 0)
            throw new UserException([$"{file} does not extend {row.Id}; run it as a sweep of its own with: grid run {file}", .. obstacles]);
    }
}
