using Grid.Client.Drawing;
using Grid.Client.Json;
using Grid.Client.Reading;
using Grid.Experiments.Frontier;
using Grid.Experiments.Store;

namespace Grid.Client.Commands;

/// <summary>grid frontier</summary>
internal static class FrontierCommand
{
    public static GridCommand Create()
    {
        var id = Arguments.Experiment();
        var device = Arguments.Device();
        var limits = new Limits();
        var command = new GridCommand(
            "frontier", "Show the models that no other beats, under further limits if you give any.", call => Act(call, call.Value(id), call.Value(device), limits.Of(call)),
            "frontier latest", "frontier fashion-mnist --max-latency 50us --max-accuracy-drop 1%", "frontier latest --json")
        {
            id, device,
        };
        limits.AddTo(command);
        return command;
    }

    private static async Task<Answer> Act(Invocation call, string asked, string? device, IReadOnlyList<Constraint> limits)
    {
        await using var home = Place.ToRead(call);
        var (row, results) = await home.ReadClasses(asked, device);
        Outcome[] outcomes = [.. results.Select(r => Outcome.Of(row, r, limits))];
        var problems = Outcome.WhyEmpty(outcomes, limits, call.PlaceOption);
        var document = DocumentOf(outcomes, home.Artifacts, problems);
        if (problems.Count > 0)
            return new Answer(document, _ => { }, ExitCodes.NothingUsable) { Problems = problems };
        return new Answer(document, console =>
        {
            OutcomeView.Draw(console, outcomes, call.PlaceOption, limits);
            Prose.Write(console, $"Copy models: grid export {row.Id} --output ./models{call.PlaceOption}");
        });
    }

    private static FrontierDocument DocumentOf(Outcome[] outcomes, IArtifactStore artifacts, IReadOnlyList<string> problems)
    {
        var outcome = outcomes[0];
        return new(
            outcome.Row.Id,
            [.. outcome.Sweep.Objectives.Select(ObjectiveDocument.Of)],
            outcome.Hypervolume,
            [.. outcome.Frontier.Select(p => PointDocument.Of(p, artifacts))],
            [.. outcome.Others.Select(p => PointDocument.Of(p, artifacts))],
            outcome.Device,
            ClassDocument.OfOthers(outcomes, artifacts),
            problems);
    }
}
