using System.CommandLine;
using Grid.Client.Drawing;
using Grid.Client.Failures;
using Grid.Client.Json;
using Grid.Client.Reading;
using Grid.Experiments.Frontier;
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
        var (row, classes) = await home.ReadClasses(asked, device);
        Outcome[] outcomes = [.. classes.Select(results => Outcome.Of(row, results))];
        var outcome = outcomes[0];
        var spending = await home.Store.FindSpending(row.Id);
        var document = new ShowDocument(
            ExperimentDocument.Of(row, outcome.Trials), System.Text.Json.Nodes.JsonNode.Parse(row.Sweep), [.. outcome.Trials.Select(TrialDocument.Of)],
            outcome.Reference is { } reference ? PointDocument.Of(reference, home.Artifacts) : null,
            [.. outcome.Frontier.Select(p => PointDocument.Of(p, home.Artifacts))],
            outcome.Knee?.Trial,
            outcome.Device,
            SpentDocument.Of(spending),
            ClassDocument.OfOthers(outcomes, home.Artifacts));
        return new Answer(document, console => Draw(console, outcomes, spending, call.PlaceOption));
    }

    private static void Draw(IAnsiConsole console, Outcome[] outcomes, Spending? spending, string place)
    {
        var outcome = outcomes[0];
        var (row, sweep) = (outcome.Row, outcome.Sweep);
        Prose.Write(console, $"{row.Id}  {row.Status.ToString().ToLowerInvariant()}", new Style(decoration: Decoration.Bold));
        Prose.Write(console, $"model {sweep.Model.Zoo ?? sweep.Model.File}, data {sweep.Data.Name}, begun {row.CreatedAt.LocalDateTime:yyyy-MM-dd HH:mm}"
            + (row.FinishedAt is { } end ? $", ended {end.LocalDateTime:yyyy-MM-dd HH:mm}" : ""));
        if (row.Share != PoolShare.Usual)
            Prose.Write(console, ShareText.Of(row.Share));
        if (sweep.RunOn is not null)
            Prose.Write(console, $"trained on {sweep.Accelerator}, measured on {string.Join(", ", sweep.Devices)}"
                + (outcomes.Length < sweep.Devices.Count ? $"; these are the numbers of {outcome.Device}" : ""));
        Prose.Write(console, string.Join(", ", sweep.Objectives.Select(ObjectiveText.Of).Concat(sweep.Constraints.Select(ObjectiveText.Of))));
        Prose.Write(console, $"trials: {outcome.Trials.Count}, {outcome.Succeeded} succeeded, {outcome.Failed} failed, "
            + $"{outcome.Trials.Count - outcome.Succeeded - outcome.Failed} not done");
        if (spending is not null)
            Prose.Write(console, BudgetText.Of(spending, sweep.Budget));
        Failures(console, outcome, place);
        if (outcomes.All(o => o.Points.Count == 0))
            return;
        console.WriteLine();
        Models(console, outcomes, place);
        foreach (var each in outcomes)
        {
            console.WriteLine();
            Prose.Write(console, (outcomes.Length > 1 ? $"On {each.Device}: " : "") + (each.Knee is { } knee ? Comparison.Recommend(each, knee) : each.WhyEmpty([], place)));
        }
    }

    /// <summary>The uncompressed model and the best, of each class beside each other.</summary>
    private static void Models(IAnsiConsole console, Outcome[] outcomes, string place)
    {
        var frontier = outcomes.SelectMany(o => o.Frontier).OrderBy(p => p.Trial).DistinctBy(p => p.Config).ToList();
        Point[] shown = [.. outcomes.Select(o => o.Reference).OfType<Point>().Take(1).Concat(frontier.Take(MostPoints)).DistinctBy(p => p.Config)];
        console.Write(outcomes is [var only] ? new PointTable(only, shown) : ClassTable.Of(outcomes, shown.Select(p => p.Config)));
        console.WriteLine(MetricText.Legend);
        if (frontier.Count > MostPoints)
            Prose.Write(console, $"and {frontier.Count - MostPoints} more on the frontier: grid frontier {outcomes[0].Row.Id}{place}");
    }

    private static void Failures(IAnsiConsole console, Outcome outcome, string place)
    {
        var failed = outcome.Trials.Where(t => t.Status == TrialStatus.Failed).ToList();
        foreach (var trial in failed.Take(MostFailures))
            Prose.Write(console, $"trial {trial.Number} failed: {StageFailure.WithoutOutput(trial.Error ?? "no reason recorded")}", new Style(Color.Red));
        if (failed.Count > MostFailures)
            Prose.Write(console, $"and {failed.Count - MostFailures} more failed: grid show {outcome.Row.Id} --json{place}");
        if (failed.Count > 0)
            Prose.Write(console, $"What to do about one: grid show {outcome.Row.Id} {failed[0].Number}{place}");
    }
}
