using System.CommandLine;
using Grid.Client.Clusters;
using Grid.Client.Reading;
using Grid.Client.Running;
using Grid.Experiments.Store;

namespace Grid.Client.Commands;

/// <summary>grid watch</summary>
internal static class WatchCommand
{
    public static GridCommand Create()
    {
        var id = Arguments.Experiment();
        id.Arity = ArgumentArity.ZeroOrOne;
        id.Description += " The one that runs, else the latest, unless you say.";
        var command = new GridCommand(
            "watch", "Follow a sweep that another process runs, until it ends. Ctrl-C stops watching, not the sweep.", call => Act(call, call.Value(id)),
            "watch", "watch fashion-mnist --json", "watch --page 8080")
        {
            id,
        };
        PageOptions.AddTo(command);
        return command;
    }

    private static async Task<Answer> Act(Invocation call, string? asked)
    {
        if (call.Cluster is not null)
            return await ClusterRun.Watch(call, Choose);
        await using var home = Place.ToRead(call);
        var row = await home.Choose(Choose);
        if (!call.Live)
            call.Say($"Watching {row.Id}; Ctrl-C stops watching, not the sweep.");
        var frame = await new SweepFollower(new StoredSweep(home, row), home.Store, row, call).Follow();
        var ended = await home.Find(row.Id);
        Outcome[] outcomes = [.. (await Classes.Load(home.Store, row)).Select(results => Outcome.Of(ended, results))];
        return new SweepEnding(frame, outcomes, [], call.Interrupted.IsCancellationRequested)
        {
            Spending = await home.Store.FindSpending(row.Id),
        }.Answer(call, home.Artifacts);

        ExperimentRow Choose(IReadOnlyList<ExperimentRow> all, string place) =>
            (asked is null ? Current(all) : null) ?? ExperimentIds.Resolve(all, asked ?? ExperimentIds.Latest, place);
    }

    private static ExperimentRow? Current(IReadOnlyList<ExperimentRow> all) =>
        all.Where(e => e.Status == ExperimentStatus.Running).MaxBy(e => e.CreatedAt);
}
