using Grid.Client.Drawing;
using Grid.Client.Json;
using Grid.Client.Reading;
using Grid.Experiments.Frontier;
using Grid.Experiments.Store;
using Spectre.Console;

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
        var (row, results) = await home.Read(asked, device);
        var outcome = Outcome.Of(row, results, limits);
        return new Answer(
            DocumentOf(outcome, home.Artifacts),
            console => Draw(console, outcome, limits),
            outcome.Frontier.Count > 0 ? ExitCodes.Done : ExitCodes.NothingUsable);
    }

    private static FrontierDocument DocumentOf(Outcome outcome, IArtifactStore artifacts) => new(
        outcome.Row.Id,
        [.. outcome.Sweep.Objectives.Select(ObjectiveDocument.Of)],
        outcome.Hypervolume,
        [.. outcome.Frontier.Select(p => PointDocument.Of(p, artifacts))],
        [.. outcome.Others.Select(p => PointDocument.Of(p, artifacts))],
        outcome.Device);

    private static void Draw(IAnsiConsole console, Outcome outcome, IReadOnlyList<Constraint> limits)
    {
        if (outcome.Frontier.Count == 0)
        {
            Prose.Write(console, outcome.WhyEmpty(limits));
            return;
        }
        OutcomeView.Draw(console, outcome);
        Prose.Write(console, $"Copy models: grid export {outcome.Row.Id} --output ./models");
    }
}
