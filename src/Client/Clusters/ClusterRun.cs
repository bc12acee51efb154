using Grid.Client.Commands;
using Grid.Client.Json;
using Grid.Client.Running;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps.Files;

namespace Grid.Client.Clusters;

/// <summary>Sweeps on a cluster, which go on without the console.</summary>
internal static class ClusterRun
{
    public static async Task<Answer> Run(Invocation call, SweepReading reading, ShareOptions share, bool retryFailed, bool detach)
    {
        await using var session = await ClusterSession.Connect(call);
        return await Run(call, session, await Submission.Add(call, session.Client, session.Place.Name, reading, share), retryFailed, detach);
    }

    public static async Task<Answer> Resume(Invocation call, Func<IReadOnlyList<ExperimentRow>, string, ExperimentRow> choose, bool retryFailed, bool detach)
    {
        await using var session = await ClusterSession.Connect(call);
        return await Run(call, session, await session.Place.Choose(choose), retryFailed, detach);
    }

    /// <summary>Has the cluster take a sweep from where it stands to its end.</summary>
    /// <param name="detach">Leaves as soon as it runs.</param>
    public static async Task<Answer> Run(Invocation call, ClusterSession session, ExperimentRow row, bool retryFailed, bool detach)
    {
        if (!detach)
            return await SweepRun.Run(call, session.Client, session.Place.Folder, row, retryFailed, ours: false);
        await Submission.Start(session.Client, row, retryFailed, call.Interrupted);
        return new Answer(
            new SubmittedDocument(row.Id, ExperimentStatus.Running),
            console => console.Profile.Out.Writer.WriteLine($"{row.Id} runs on {session.Place.Name}. Follow it with: grid watch {row.Id}{call.PlaceOption}"));
    }

    public static async Task<Answer> Watch(Invocation call, Func<IReadOnlyList<ExperimentRow>, string, ExperimentRow> choose)
    {
        await using var session = await ClusterSession.Connect(call);
        var row = await session.Place.Choose(choose);
        if (!call.Live)
            call.Say($"Watching {row.Id}; Ctrl-C stops watching, not the sweep.");
        var source = new RunningSweep(session.Client, row, ours: false);
        var frame = await new SweepFollower(source, session.Client.Store, row, call).Follow();
        return await SweepRun.End(call, session.Client, session.Place.Folder, row, source, frame);
    }
}
