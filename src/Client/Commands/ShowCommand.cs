using System.CommandLine;
using Grid.Client.Drawing;
using Grid.Client.Json;
using Grid.Client.Reading;
using Grid.Experiments.Results;
using Grid.Experiments.Store;
using Spectre.Console;

namespace Grid.Client.Commands;

/// <summary>grid show</summary>
internal static class ShowCommand
{
    private const int MostPoints = 10;
    private const int MostFailures = 10;

    public static GridCommand Create()
    {
        var id = Arguments.Experiment();
        var trial = new Argument<int?>("TRIAL") { Description = "Only this trial, with its stages, notes and layers.", Arity = ArgumentArity.ZeroOrOne, Validators = { Arguments.MustBeTrials } };
        var device = Arguments.Device();
        return new GridCommand(
            "show", "Show how an experiment stands: its trials, what failed and why, the best models. Or one trial of it.",
            call => call.Value(trial) is { } number ? TrialDetails.Show(call, call.Value(id), call.Value(device), number) : Act(call, call.Value(id), call.Value(device)),
            "show latest", "show fashion-mnist 7", "show latest --json")
        {
            id, trial, device,
        };
    }

    private static async Task<Answer> Act(Invocation call, string asked, string? device)
    {
        await using var home = Place.ToRead(call);
        var (row, results) = await home.Read(asked, device);
        var outcome = Outcome.Of(row, results);
        var spending = await home.Store.FindSpending(row.Id);
        var document = new ShowDocument(
            ExperimentDocument.Of(row, results.Trials), System.Text.Json.Nodes.JsonNode.Parse(row.Sweep), [.. results.Trials.Select(TrialDocument.Of)],
            outcome.Reference is { } reference ? PointDocument.Of(reference, home.Artifacts) : null,
            [.. outcome.Frontier.Select(p => PointDocument.Of(p, home.Artifacts))],
            outcome.Knee?.Trial,
            outcome.Device,
            SpentDocument.Of(spending));
        return new Answer(document, console => Draw(console, outcome, results, spending));
    }

    private static void Draw(IAnsiConsole console, Outcome outcome, ExperimentResults results, Spending? spending)
    {
        var (row, sweep) = (outcome.Row, outcome.Sweep);
        Prose.Write(console, $"{row.Id}  {row.Status.ToString().ToLowerInvariant()}", new Style(decoration: Decoration.Bold));
        Prose.Write(console, $"model {sweep.Model.Zoo ?? sweep.Model.File}, data {sweep.Data.Name}, begun {row.CreatedAt.LocalDateTime:yyyy-MM-dd HH:mm}"
            + (row.FinishedAt is { } end ? $", ended {end.LocalDateTime:yyyy-MM-dd HH:mm}" : ""));
        if (row.Share != PoolShare.Usual)
            Prose.Write(console, ShareText.Of(row.Share));
        if (sweep.RunOn is not null)
            Prose.Write(console, $"trained on {sweep.Accelerator}, measured on {string.Join(", ", sweep.Devices)}; these are the numbers of {outcome.Device}");
        Prose.Write(console, string.Join(", ", sweep.Objectives.Select(ObjectiveText.Of).Concat(sweep.Constraints.Select(ObjectiveText.Of))));
        Prose.Write(console, $"trials: {outcome.Trials.Count}, {outcome.Succeeded} succeeded, {outcome.Failed} failed, "
            + $"{outcome.Trials.Count - outcome.Succeeded - outcome.Failed} not done");
        if (spending is not null)
            Prose.Write(console, BudgetText.Of(spending, sweep.Budget));
        Failures(console, outcome);
        if (results.Points.Count == 0)
            return;
        console.WriteLine();
        var best = outcome.Frontier.Take(MostPoints);
        var points = outcome.Reference is { } reference && !best.Contains(reference) ? best.Prepend(reference) : best;
        console.Write(new PointTable(outcome, [.. points]));
        console.WriteLine(MetricText.Legend);
        if (outcome.Frontier.Count > MostPoints)
            Prose.Write(console, $"and {outcome.Frontier.Count - MostPoints} more on the frontier: grid frontier {row.Id}");
        console.WriteLine();
        Prose.Write(console, outcome.Knee is { } knee ? Comparison.Recommend(outcome, knee) : outcome.WhyEmpty([]));
    }

    private static void Failures(IAnsiConsole console, Outcome outcome)
    {
        var failed = outcome.Trials.Where(t => t.Status == TrialStatus.Failed).ToList();
        foreach (var trial in failed.Take(MostFailures))
            Prose.Write(console, $"trial {trial.Number} failed: {trial.Error ?? "no reason recorded"}", new Style(Color.Red));
        if (failed.Count > MostFailures)
            Prose.Write(console, $"and {failed.Count - MostFailures} more failed: grid show {outcome.Row.Id} --json");
    }
}
