using System.CommandLine;
using Grid.Client.Drawing;
using Grid.Client.Json;
using Grid.Client.Models;
using Grid.Client.Reading;
using Grid.Client.Report;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Spectre.Console;

namespace Grid.Client.Commands;

/// <summary>grid pick</summary>
internal static class PickCommand
{
    public static GridCommand Create()
    {
        var id = Arguments.Experiment();
        var by = new Option<string?>("--by")
        {
            Description = "Choose the best in this metric instead of the one that balances the objectives. With --max-accuracy-drop: by the first cost of the sweep unless you say.",
            HelpName = "METRIC",
        };
        by.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && MetricCatalog.Find(result.Tokens[0].Value) is null)
                result.AddError($"--by is '{result.Tokens[0].Value}'; it must be one of {string.Join(", ", MetricCatalog.All.Select(m => m.Name))}.");
        });
        var output = new Option<string?>("--output") { Description = "Copy the model to this .onnx file.", HelpName = "FILE", Validators = { Arguments.MustBePathOf("file") } };
        var device = Arguments.Device();
        var limits = new Limits();
        var command = new GridCommand(
            "pick", "Choose one model: the balanced one, or the best in one metric within limits.",
            call => Act(call, call.Value(id), call.Value(device), call.Value(by), limits.Of(call), call.Value(output)),
            "pick latest", "pick latest --max-accuracy-drop 1% --by size --output model.onnx", "pick latest --max-latency 50us --json")
        {
            id, by, device, output,
        };
        limits.AddTo(command);
        return command;
    }

    private static async Task<Answer> Act(Invocation call, string asked, string? device, string? by, IReadOnlyList<Constraint> limits, string? output)
    {
        await using var home = Place.ToRead(call);
        var (row, results) = await home.Read(asked, device, notes: true);
        var outcome = Outcome.Of(row, results, limits);
        var choice = Choice.Of(outcome, by, limits) ?? throw new UserException(outcome.WhyEmpty(limits, call.PlaceOption), ExitCodes.NothingUsable);
        var target = output is null ? null : Path.GetFullPath(output);
        if (target is not null)
            await ModelCopy.Write(home.Artifacts, choice.Point.Sha256, target, packed: false);
        return new Answer(
            new PickDocument(row.Id, choice.Rule, choice.Why, PointDocument.Of(choice.Point, home.Artifacts), target, outcome.Device),
            console => Draw(console, outcome, choice, target ?? home.Artifacts.Find(choice.Point.Sha256)));
    }

    private static void Draw(IAnsiConsole console, Outcome outcome, Choice choice, string? file)
    {
        Point[] shown = [choice.Point, .. outcome.Reference is { } reference && reference.Trial != choice.Point.Trial ? [reference] : Array.Empty<Point>()];
        console.Write(new PointTable(outcome, shown));
        console.WriteLine();
        Prose.Write(console, choice.Why);
        foreach (var note in ReportNotes.Of(choice.Point))
            Prose.Write(console, note);
        console.Profile.Out.Writer.WriteLine(file ?? "The file is no longer in the home folder; run the sweep again to have it computed anew.");
    }
}
