using Grid.Client.Reading;
using Spectre.Console;

namespace Grid.Client.Drawing;

/// <summary>The frontier for people: plot, table and recommendation.</summary>
internal static class OutcomeView
{
    private const int PlotLines = 22;

    /// <summary>There must be a frontier.</summary>
    public static void Draw(IAnsiConsole console, Outcome outcome)
    {
        console.Write(new TerminalPlot(Scatters.ForObjectives(outcome), PlotLines));
        console.WriteLine();
        console.Write(new PointTable(outcome, outcome.Frontier));
        console.WriteLine(MetricText.Legend);
        console.WriteLine();
        Prose.Write(console, $"{outcome.Frontier.Count} of {outcome.Points.Count} models are on the frontier{(outcome.Sweep.RunOn is null ? "" : $" of {outcome.Device}")}"
            + (outcome.Hypervolume is { } volume ? $" (hypervolume {volume:G4})." : "."));
        foreach (var remark in FrontierRemarks.Of(outcome))
            Prose.Write(console, remark);
        if (outcome.Knee is { } knee)
            Prose.Write(console, Comparison.Recommend(outcome, knee));
    }
}
