using Grid.Client.Drawing;
using Grid.Client.Json;
using Grid.Client.Reading;
using Grid.Client.Report;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
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
        var (row, results) = await home.Read(asked, device, notes: true);
        var trial = results.Trials.FirstOrDefault(t => t.Number == number)
            ?? throw new UserException($"{row.Id} has no trial {number}; it has {results.Trials.Count} trials, numbered from 0.");
        var chain = TrialChain.Of(results.Sweep, TrialConfiguration.Parse(trial.Config));
        var rows = (await home.Store.FindStages([.. chain.Stages.Append(chain.Test).Select(s => s.Key)])).ToDictionary(s => s.Key);
        var stages = chain.Stages.Append(chain.Test).Select(s => rows.GetValueOrDefault(s.Key)).OfType<StageRow>().ToList();
        var point = results.Measured.FirstOrDefault(p => p.Trial == number);
        var document = new TrialDetailDocument(
            row.Id, TrialDocument.Of(trial), [.. stages.Select(s => StageDocument.Of(s, home.Artifacts))],
            point is null ? null : PointDocument.Of(point, home.Artifacts), point?.Notes ?? [], [.. (point?.Layers ?? []).Select(LayerDocument.Of)], results.Device);
        return new Answer(document, console => Draw(console, Outcome.Of(row, results), trial, stages, point));
    }

    private static string StatusOf(StageRow stage) =>
        stage.Status.ToString().ToLowerInvariant() + (stage.Checkpoint is null ? "" : ", has a checkpoint");

    private static void Draw(IAnsiConsole console, Outcome outcome, TrialRow trial, List<StageRow> stages, Point? point)
    {
        var configuration = TrialConfiguration.Parse(trial.Config);
        Prose.Write(console, $"trial {trial.Number} of {trial.Experiment}  {trial.Status.ToString().ToLowerInvariant()}", new Style(decoration: Decoration.Bold));
        Prose.Write(console, $"{ConfigText.Of(configuration.Values, outcome.Sweep)}, seed {configuration.Seed}");
        if (trial.Error is { } error)
            Prose.Write(console, error, new Style(Color.Red));

        var table = new Table().Border(TableBorder.Simple).AddColumns("stage", "status", "time", "energy", "attempts", "settings");
        foreach (var stage in stages)
            table.AddRow(
                new Text(stage.Spec.Kind.ToString().ToLowerInvariant()), new Text(StatusOf(stage)),
                new Text(stage.Seconds is { } seconds ? Units.Duration(TimeSpan.FromSeconds(seconds)) : "—"),
                new Text(MetricText.Of(MetricCatalog.Energy, stage.Result?.Cost?.Energy)), new Text($"{stage.Attempt}"),
                new Text(string.Join(' ', stage.Spec.Settings.Select(s => $"{s.Key}={s.Value}"))));
        console.Write(table);
        foreach (var stage in stages)
            if (Traceparent.TraceId(stage.Trace) is { } trace)
                Prose.Write(console, $"trace of {Words.Of(stage.Spec.Kind)}: {trace}");
        if (point is null)
            return;
        console.Write(new PointTable(outcome, [point]));
        console.WriteLine();
        foreach (var layer in point.Layers)
            Prose.Write(console, $"layer {layer.Layer}: {layer.Operator} runs as {layer.Kernel} in {layer.Precision}");
        foreach (var note in ReportNotes.Of(point))
            Prose.Write(console, note);
    }
}
