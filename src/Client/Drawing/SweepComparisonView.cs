using System.Globalization;
using Grid.Client.Comparing;
using Grid.Experiments.Metrics;
using Spectre.Console;

namespace Grid.Client.Drawing;

/// <summary>Two sweeps side by side, for people: what differs in their files, what each found, and what each took.</summary>
internal static class SweepComparisonView
{
    public static void Draw(IAnsiConsole console, SweepComparison comparison)
    {
        var (a, b) = (comparison.A, comparison.B);
        Prose.Write(console, $"A: {a.Side.Row.Id}{On(a, b)}", new Style(decoration: Decoration.Bold));
        Prose.Write(console, $"B: {b.Side.Row.Id}{On(b, a)}", new Style(decoration: Decoration.Bold));
        console.WriteLine();
        if (comparison.Differences.Count == 0)
            Prose.Write(console, "Their sweep files say the same.");
        else
            DifferingTable.Draw(console, "sweep file", comparison.Differences);
        console.WriteLine();
        Overview(console, comparison);
        if (comparison.Best.Count > 0)
        {
            console.WriteLine();
            Prose.Write(console, "The best in each objective, within the limits of its sweep:");
            MetricTable.Draw(
                console, [.. comparison.Best.Select(b => b.Numbers)], [.. comparison.Best.Select(b => ($" (trial {b.TrialOfA})", $" (trial {b.TrialOfB})"))]);
            console.WriteLine(MetricText.Legend);
        }
        console.WriteLine();
        foreach (var remark in Remarks(comparison))
            Prose.Write(console, remark);
    }

    private static string On(ComparedSweep sweep, ComparedSweep other) =>
        sweep.Side.Sweep.RunOn is null && other.Side.Device == sweep.Side.Device ? "" : $", on {sweep.Side.Device}";

    private static void Overview(IAnsiConsole console, SweepComparison comparison)
    {
        var (a, b) = (comparison.A, comparison.B);
        var table = new Table().Border(TableBorder.Simple).AddColumns("", "A", "B");
        Row("trials", s => $"{s.Side.Results.Succeeded} succeeded, {s.Side.Results.Failed} failed");
        Row("on the frontier", s => $"{s.Frontier.Count}");
        Row("hypervolume", s => s.Hypervolume is { } volume ? volume.ToString("G4", CultureInfo.InvariantCulture) : "—");
        Row("covered by the other", s => s.Covered is { } share ? string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %") : "—");
        Row("took", s => s.Spending is { } spent ? Units.Duration(TimeSpan.FromSeconds(spent.Seconds)) : "—");
        Row("energy of its stages", s => MetricText.Of(MetricCatalog.Energy, s.Spending?.Energy));
        console.Write(table);

        void Row(string name, Func<ComparedSweep, string> text) => table.AddRow(new Text(name), new Text(text(a)), new Text(text(b)));
    }

    private static IEnumerable<string> Remarks(SweepComparison comparison)
    {
        var objectives = comparison.Common.Objectives;
        yield return objectives.Count > 0
            ? $"Compared by {string.Join(", ", objectives.Select(ObjectiveText.Of))}. Hypervolume: up to twice the uncompressed model of A, for both. Covered: "
                + "the share of a frontier for which the other has a model that is at least as good in everything."
            : "There is no objective that they can be compared by.";
        foreach (var (metric, why) in comparison.Common.LeftOut)
            yield return $"Not by {metric}: {why}.";
        foreach (var remark in MetricTable.Remarks([.. comparison.Best.Select(b => b.Numbers)]))
            yield return remark;
        var shared = comparison.Shared;
        yield return $"They share {Counted.Of(shared.Trials, "measured trial")} and {Counted.Of(shared.Stages, "stage")}, of {shared.OfA} in A and {shared.OfB} in B; what is shared counts in the cost of the one that computed it.";
    }
}
