using System.Text;
using Grid.Client.Commands;
using Grid.Client.Models;
using Grid.Client.Reading;
using Grid.Client.Report;
using Grid.Experiments.Results;
using Grid.Experiments.Store;

namespace Grid.Client.Running;

/// <summary>Takes a sweep of the home folder from where it stands to its end, and leaves a report and the models of its frontier.</summary>
internal static class SweepRun
{
    public static async Task<Answer> Run(Invocation call, GridSession session, ExperimentRow row, bool retryFailed)
    {
        var source = new EmbeddedSweep(session.Grid, row.Id);
        var follower = new SweepFollower(source, session.Grid.Store, row, call);
        await follower.SkipPast();
        await session.Grid.Experiment(row.Id).Start(retryFailed);
        if (!call.Live)
            call.Say($"{row.Id} runs with {call.Slots} slots. Stop it with Ctrl-C; go on later with: grid resume {row.Id}{call.HomeOption}");
        var frame = await follower.Follow();
        var problem = (await source.View()).Problem;
        var results = await ExperimentResults.Load(session.Grid.Store, row, notes: true);
        var outcome = Outcome.Of((await session.Grid.Store.FindExperiment(row.Id))!, results);
        var ending = new SweepEnding(frame, outcome, problem, call.Interrupted.IsCancellationRequested, null, null);
        if (problem is not null && call.Json)
            call.Say(problem);
        return (frame.Status == ExperimentStatus.Done ? await Leave(call, session, ending) : ending).Answer(call, session.Grid.Artifacts);
    }

    private static async Task<SweepEnding> Leave(Invocation call, GridSession session, SweepEnding ending)
    {
        var outcome = ending.Outcome;
        if (outcome.Points.Count == 0)
            return ending;
        try
        {
            var report = session.Home.ReportFile(outcome.Row.Id);
            ModelCopy.Write(Encoding.UTF8.GetBytes(HtmlReport.Write(outcome, ReportFacts.Of(outcome.Sweep))), report);
            var models = session.Home.ModelsFolder(outcome.Row.Id);
            if (Directory.Exists(models))
                Directory.Delete(models, recursive: true);
            if (outcome.Frontier.Count > 0)
                await ModelFolder.Write(session.Grid.Artifacts, outcome.Row, outcome.Frontier, models, packed: false, CancellationToken.None);
            return ending with { Report = report, Models = outcome.Frontier.Count > 0 ? models : null };
        }
        catch (Exception e) when (e is UserException or StoreException or IOException or UnauthorizedAccessException)
        {
            // The results stand in the store all the same.
            call.Say($"The report or the models could not be written: {e.Message} Write them elsewhere: grid report {outcome.Row.Id} --output FILE");
            return ending;
        }
    }
}
