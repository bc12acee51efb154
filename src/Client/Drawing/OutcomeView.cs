using Grid.Client.Reading;
using Grid.Experiments.Frontier;
using Spectre.Console;

namespace Grid.Client.Drawing;

/// <summary>The frontier for people: plot, table and recommendation; of each class of machines where a sweep has several.</summary>
internal static class OutcomeView
{
    private const int PlotLines = 22;

    /// <summary>Of several, so that two still fit on a screen.</summary>
    private const int SmallPlotLines = 14;

    /// <param name="outcomes">One a class, of one experiment; at least one with a frontier.</param>
    /// <param name="place">What a command line needs to mean the same home folder or cluster.</param>
    /// <param name="limits">Beside those of the sweep.</param>
    public static void Draw(IAnsiConsole console, IReadOnlyList<Outcome> outcomes, string place, IReadOnlyList<Constraint>? limits = null)
    {
        if (outcomes is [var only])
        {
            Draw(console, only, place, limits ?? []);
            return;
        }
        foreach (var outcome in outcomes)
        {
            Prose.Write(console, $"On {outcome.Device}", new Style(decoration: Decoration.Bold));
            if (outcome.Frontier.Count > 0)
                console.Write(new TerminalPlot(Scatters.ForObjectives(outcome), SmallPlotLines));
            Say(console, outcome, place, limits ?? []);
            console.WriteLine();
        }
        console.Write(ClassTable.OfFrontiers(outcomes));
        console.WriteLine(MetricText.Legend);
        var glyphs = console.Profile.Capabilities.Unicode ? PlotGlyphs.Unicode : PlotGlyphs.Ascii;
        Prose.Write(console, $"{glyphs.Frontier} on the frontier of that class   {glyphs.Recommended} recommended there   {glyphs.Reference} uncompressed");
    }

    private static void Draw(IAnsiConsole console, Outcome outcome, string place, IReadOnlyList<Constraint> limits)
    {
        console.Write(new TerminalPlot(Scatters.ForObjectives(outcome), PlotLines));
        console.WriteLine();
        console.Write(new PointTable(outcome, outcome.Frontier));
        console.WriteLine(MetricText.Legend);
        console.WriteLine();
        Say(console, outcome, place, limits);
    }

    private static void Say(IAnsiConsole console, Outcome outcome, string place, IReadOnlyList<Constraint> limits)
    {
        if (outcome.Frontier.Count == 0)
        {
            Prose.Write(console, outcome.WhyEmpty(limits, place));
            return;
        }
        Prose.Write(console, $"{outcome.Frontier.Count} of {Counted.Of(outcome.Points.Count, "model")} {(outcome.Frontier.Count == 1 ? "is" : "are")} on the frontier{(outcome.Sweep.RunOn is null ? "" : $" of {outcome.Device}")}"
            + (outcome.Hypervolume is { } volume ? $" (hypervolume {volume:G4})." : "."));
        foreach (var remark in FrontierRemarks.Of(outcome))
            Prose.Write(console, remark);
        if (outcome.Knee is { } knee)
            Prose.Write(console, Comparison.Recommend(outcome, knee));
    }
}
