using System.CommandLine;
using Grid.Client.Clusters;
using Grid.Client.Reading;
using Grid.Client.Running;
using Grid.Experiments.Results;
using Grid.Experiments.Store;

namespace Grid.Client.Commands;

/// <summary>grid resume</summary>
internal static class ResumeCommand
{
    public static GridCommand Create()
    {
        var id = Arguments.Experiment();
        id.Arity = ArgumentArity.ZeroOrOne;
        id.Description += " The last that is not done unless you say.";
        var retry = RunCommand.RetryFailed();
        var detach = new DetachOption { Description = "On a cluster: have it go on and leave; grid watch follows it." };
        var command = new GridCommand(
            "resume", "Go on with a sweep that was paused, stopped, cancelled or killed; without its file.",
            call => Act(call, call.Value(id), call.Value(retry), detach.In(call)),
            "resume", "resume fashion-mnist --retry-failed", "resume --json", "resume fashion-mnist --cluster prod --detach")
        {
            id, retry, detach,
        };
        PageOptions.AddTo(command);
        return command;
    }

    private static async Task<Answer> Act(Invocation call, string? asked, bool retryFailed, bool detach)
    {
        if (call.Cluster is not null)
            return await ClusterRun.Resume(call, Choose, retryFailed, detach);
        ExperimentRow row;
        await using (var home = Place.ToRead(call))
        {
            row = await home.Choose(Choose);
            var sweep = (await ExperimentResults.Load(home.Store, row)).Sweep;
            GridSession.MustServe(sweep);
            MachineEnergy.MustCount(call, sweep);
            await GridSession.Fetch(call, sweep);
        }
        await using var session = await GridSession.Start(call);
        return await SweepRun.Run(call, session.Grid, session.Home, row, retryFailed, ours: true);

        ExperimentRow Choose(IReadOnlyList<ExperimentRow> all, string place) =>
            asked is null ? Unfinished(all, retryFailed, place) : ExperimentIds.Resolve(all, asked, place);
    }

    private static ExperimentRow Unfinished(IReadOnlyList<ExperimentRow> all, bool retryFailed, string home) =>
        all.Where(e => retryFailed || e.Status != ExperimentStatus.Done).MaxBy(e => e.CreatedAt)
        ?? throw new UserException(all.Count == 0
            ? $"There is no experiment in {home} yet. Start one with: grid run FILE"
            : $"Every experiment in {home} is done. Name one to compute what failed again: grid resume ID --retry-failed");
}
