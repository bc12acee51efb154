using Grid.Client.Drawing;
using Grid.Client.Failures;
using Grid.Client.Json;
using Grid.Client.Reading;
using Grid.Client.Report;
using Grid.Experiments.Results;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;
using Grid.Experiments.Telemetry;
using Spectre.Console;

namespace Grid.Client.Commands;

/// <summary>grid show ID TRIAL</summary>
internal static class TrialDetails
{
    public static async Task<Answer> Show(Invocation call, string asked, string? device, int number)
    {
        await using var home = Place.ToRead(call);
        var (row, classes) = await home.ReadClasses(asked, device, notes: true);
        var results = classes[0];
        var trial = results.Trials.FirstOrDefault(t => t.Number == number)
            ?? throw MissingTrial.Of(row, results, number);
        var chain = TrialChain.Of(results.Sweep, TrialConfiguration.Parse(trial.Config));
        var rows = (await home.Store.FindStages([.. chain.Stages.Append(chain.Test).Select(s => s.Key)])).ToDictionary(s => s.Key);
        var stages = chain.Stages.Append(chain.Test).Select(s => rows.GetValueOrDefault(s.Key)).OfType<StageRow>().ToList();
        var point = results.Measured.FirstOrDefault(p => p.Trial == number);
        var failure = trial.Status == TrialStatus.Succeeded ? null : await StageFailure.Of(home, row, results.Sweep, stages, call.PlaceOption);
        var document = new TrialDetailDocument(
            row.Id, TrialDocument.Of(trial), [.. stages.Select(s => StageDocument.Of(s, home.Artifacts))],
            point is null ? null : PointDocument.Of(point, home.Artifacts), point?.Notes ?? [], [.. (point?.Layers ?? []).Select(LayerDocument.Of)], results.Device,
            failure is null ? null : FailureDocument.Of(failure),
            [.. classes.Skip(1).SelectMany(c => c.Measured.Where(p => p.Trial == number).Select(p => ClassPointDocument.Of(c.Device, p, home.Artifacts)))]);
        return new Answer(document, console =>
        {
            // What a stage met is told below, with all that is known of it.
            Draw(console, results.Sweep, failure is null ? trial : trial with { Error = null }, stages);
            Measured(console, row, [.. classes.Where(c => c.Measured.Any(p => p.Trial == number))], number);
            if (failure is not null)
                FailureView.Draw(console, failure, silos: !home.IsHome);
            else if (trial.Status == TrialStatus.Failed)
                Prose.Write(console, $"Its stages are no longer failed. Take them in with: grid resume {row.Id} --retry-failed{call.PlaceOption}");
        });
    }

    private static void Draw(IAnsiConsole console, Sweep sweep, TrialRow trial, List<StageRow> stages)
    {
        var configuration = TrialConfiguration.Parse(trial.Config);
        Prose.Write(console, $"trial {trial.Number} of {trial.Experiment}  {trial.Status.ToString().ToLowerInvariant()}", new Style(decoration: Decoration.Bold));
        Prose.Write(console, $"{ConfigText.Of(configuration.Values, sweep)}, seed {configuration.Seed}");
        if (trial.Error is { } error)
            Prose.Write(console, StageFailure.WithoutOutput(error), new Style(Color.Red));

        console.WriteLine();
        console.Write(new StageTable(stages));
        console.WriteLine();
        foreach (var stage in stages)
            if (Traceparent.TraceId(stage.Trace) is { } trace)
                Prose.Write(console, $"trace of {Words.Of(stage.Spec.Kind)}: {trace}");
    }

    /// <summary>The model as it was measured on each class of machines.</summary>
    private static void Measured(IAnsiConsole console, ExperimentRow row, IReadOnlyList<ExperimentResults> classes, int number)
    {
        if (classes.Count == 0)
            return;
        var points = classes.Select(c => c.Measured.First(p => p.Trial == number)).ToList();
        Outcome[] outcomes = [.. classes.Select(c => Outcome.Of(row, c))];
        console.Write(outcomes is [var only] ? new PointTable(only, points) : new ClassTable(outcomes, [points]));
        console.WriteLine();
        foreach (var (outcome, point) in outcomes.Zip(points))
        {
            var on = outcomes.Length > 1 ? $"on {outcome.Device}, " : "";
            foreach (var layer in point.Layers)
                Prose.Write(console, $"{on}layer {layer.Layer}: {layer.Operator} runs as {layer.Kernel} in {layer.Precision}");
            foreach (var note in ReportNotes.Of(point))
                Prose.Write(console, outcomes.Length > 1 ? $"on {outcome.Device}: {note}" : note);
        }
    }
}
