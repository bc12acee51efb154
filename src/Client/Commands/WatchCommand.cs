using System.CommandLine;
using Grid.Client.Clusters;
using Grid.Client.Reading;
using Grid.Client.Running;
using Grid.Experiments.Results;
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
            "watch", "watch fashion-mnist --json")
        {
            id,
        };
        PageOptions.AddTo(command);
        return command;
    }

    private static async Task<Answer> Act(Invocation call, string? asked)
    {
        if (call.Cluster is not null)
            return await ClusterRun.Watch(call, (all, place) => asked is null
                ? Current(all) ?? ExperimentIds.Resolve(all, ExperimentIds.Latest, place)
                : ExperimentIds.Resolve(all, asked, place));
        await using var home = Place.ToRead(call);
        var row = asked is null ? Current(await home.List()) ?? await home.Find(ExperimentIds.Latest) : await home.Find(asked);
        if (!call.Live)
            call.Say($"Watching {row.Id}; Ctrl-C stops watching, not the sweep.");
        var frame = await new SweepFollower(new StoredSweep(home, row), home.Store, row, call).Follow();
        var outcome = Outcome.Of(await home.Find(row.Id), await ExperimentResults.Load(home.Store, row));
        return new SweepEnding(frame, outcome, null, call.Interrupted.IsCancellationRequested, null, null)
        {
            Spending = await home.Store.FindSpending(row.Id),
        }.Answer(call, home.Artifacts);
    }

    private static ExperimentRow? Current(IReadOnlyList<ExperimentRow> all) =>
        all.Where(e => e.Status == ExperimentStatus.Running).MaxBy(e => e.CreatedAt);
}
