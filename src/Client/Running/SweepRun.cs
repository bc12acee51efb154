using System.Text;
using Grid.Client.Commands;
using Grid.Client.Live;
using Grid.Client.Models;
using Grid.Client.Reading;
using Grid.Client.Report;
using Grid.Experiments.Results;
using Grid.Experiments.Store;
using Grid.Silo.Hosting;

namespace Grid.Client.Running;

/// <summary>Takes a sweep from where it stands to its end, and leaves a report and the models of its frontier.</summary>
internal static class SweepRun
{
    /// <param name="ours">Whether this process is the grid, see <see cref="RunningSweep"/>.</param>
    /// <param name="folder">Where the report and the models are left.</param>
    public static async Task<Answer> Run(Invocation call, IGrid grid, HomeFolder folder, ExperimentRow row, bool retryFailed, bool ours)
    {
        var source = new RunningSweep(grid, row, ours);
        var follower = new SweepFollower(source, grid.Store, row, call);
        await follower.SkipPast();
        await Submission.Start(grid, row, retryFailed);
        if (!call.Live)
            call.Say(ours
                ? $"{row.Id} runs with {call.Slots} slots. Stop it with Ctrl-C; go on later with: grid resume {row.Id}{call.PlaceOption}"
                : $"{row.Id} runs on the cluster. Ctrl-C stops watching, not the sweep; look again with: grid watch {row.Id}{call.PlaceOption}");
        return await End(call, grid, folder, row, source, await follower.Follow());
    }

    /// <summary>The answer of a sweep that is no longer followed.</summary>
    public static async Task<Answer> End(Invocation call, IGrid grid, HomeFolder folder, ExperimentRow row, RunningSweep source, LiveFrame frame)
    {
        var problem = frame.Status == ExperimentStatus.Running ? null : await source.Problem();
        var results = await ExperimentResults.Load(grid.Store, row, notes: true);
        var outcome = Outcome.Of((await grid.Store.FindExperiment(row.Id))!, results);
        var ending = new SweepEnding(frame, outcome, problem, call.Interrupted.IsCancellationRequested, null, null)
        {
            Spending = await grid.Store.FindSpending(row.Id),
        };
        if (problem is not null && call.Json)
            call.Say(problem);
        return (frame.Status == ExperimentStatus.Done ? await Leave(call, grid, folder, results, ending) : ending).Answer(call, grid.Artifacts);
    }

    private static async Task<SweepEnding> Leave(Invocation call, IGrid grid, HomeFolder folder, ExperimentResults results, SweepEnding ending)
    {
        var outcome = ending.Outcome;
        if (outcome.Points.Count == 0)
            return ending;
        try
        {
            var report = folder.ReportFile(outcome.Row.Id);
            ModelCopy.Write(Encoding.UTF8.GetBytes(HtmlReport.Write(await ReportData.Load(grid.Store, outcome.Row, results, call.Environment))), report);
            var models = folder.ModelsFolder(outcome.Row.Id);
            if (Directory.Exists(models))
                Directory.Delete(models, recursive: true);
            if (outcome.Frontier.Count > 0)
                await ModelFolder.Write(grid.Artifacts, outcome.Row, outcome.Device, outcome.Frontier, models, packed: false, CancellationToken.None);
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
