using System.Text;
using Grid.Client.Commands;
using Grid.Client.Drawing;
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
        await Submission.Start(grid, row, retryFailed, call.Interrupted);
        if (!call.Live)
            call.Say(ours
                ? $"{row.Id} runs with {Counted.Of(call.Slots, "slot")}. Stop it with Ctrl-C; go on later with: grid resume {row.Id}{call.PlaceOption}"
                : $"{row.Id} runs on the cluster. Ctrl-C stops watching, not the sweep; look again with: grid watch {row.Id}{call.PlaceOption}");
        return await End(call, grid, folder, row, source, await follower.Follow());
    }

    /// <summary>The answer of a sweep that is no longer followed.</summary>
    public static async Task<Answer> End(Invocation call, IGrid grid, HomeFolder folder, ExperimentRow row, RunningSweep source, LiveFrame frame)
    {
        IReadOnlyList<string> problems = frame.Status == ExperimentStatus.Running || source.Problem is not { } problem ? [] : [problem];
        var classes = await Classes.Load(grid.Store, row, notes: true);
        row = (await grid.Store.FindExperiment(row.Id))!;
        var ending = new SweepEnding(frame, [.. classes.Select(results => Outcome.Of(row, results))], problems, call.Interrupted.IsCancellationRequested)
        {
            Spending = await grid.Store.FindSpending(row.Id),
        };
        return (frame.Status == ExperimentStatus.Done ? await Leave(call, grid, folder, classes, ending) : ending).Answer(call, grid.Artifacts);
    }

    private static async Task<SweepEnding> Leave(
        Invocation call, IGrid grid, HomeFolder folder, IReadOnlyList<ExperimentResults> classes, SweepEnding ending)
    {
        var files = new List<LeftFiles>();
        var problems = new List<string>();
        foreach (var (results, outcome) in classes.Zip(ending.Outcomes).Where(c => c.Second.Points.Count > 0))
        {
            var arguments = $"{outcome.Row.Id} --device {outcome.Device}{call.PlaceOption}";
            var report = await Try("The report could not be written", $"grid report {arguments} --output FILE", () => Report(call, grid, folder, results, outcome));
            var models = await Try("The models could not be copied", $"grid export {arguments} --output DIR", () => Models(grid, folder, outcome));
            files.Add(new(outcome.Device, report, models));
        }
        return ending with { Files = files, Problems = [.. ending.Problems, .. problems] };

        // The results stand in the store all the same.
        async Task<string?> Try(string failure, string command, Func<Task<string?>> write)
        {
            try
            {
                return await write();
            }
            catch (Exception e) when (e is UserException or StoreException or IOException or UnauthorizedAccessException)
            {
                problems.Add($"{failure}: {e.Message} The results are kept; take them from there with: {command}");
                return null;
            }
        }
    }

    private static async Task<string?> Report(Invocation call, IGrid grid, HomeFolder folder, ExperimentResults results, Outcome outcome)
    {
        var report = Classes.PathOf(folder.ReportFile(outcome.Row.Id), outcome);
        var data = await ReportData.Load(grid.Store, outcome.Row, results, call.Environment);
        ModelCopy.Write(Encoding.UTF8.GetBytes(HtmlReport.Write(data)), report);
        return report;
    }

    private static async Task<string?> Models(IGrid grid, HomeFolder folder, Outcome outcome)
    {
        var models = Classes.PathOf(folder.ModelsFolder(outcome.Row.Id), outcome);
        if (outcome.Frontier.Count == 0)
        {
            FolderSwap.Remove(models);
            return null;
        }
        await ModelFolder.Replace(grid.Artifacts, outcome.Row, outcome.Device, outcome.Frontier, models);
        return models;
    }
}
