using Grid.Client.Comparing;
using Grid.Experiments.Metrics;
using Spectre.Console;

namespace Grid.Client.Drawing;

/// <summary>Metrics of two models: both numbers with their intervals, a mark at the better one, and by how much B differs.</summary>
internal static class MetricTable
{
    /// <param name="trials">What else to call the two numbers of a row, such as the trials they are of.</param>
    public static void Draw(IAnsiConsole console, IReadOnlyList<MetricComparison> metrics, IReadOnlyList<(string A, string B)>? trials = null)
    {
        var mark = console.Profile.Capabilities.Unicode ? PlotGlyphs.Unicode.Frontier : PlotGlyphs.Ascii.Frontier;
        var table = new Table().Border(TableBorder.Simple).AddColumns("", "A", "B", "B against A");
        foreach (var (row, numbers) in metrics.Index())
        {
            var (ofA, ofB) = trials?[row] ?? ("", "");
            table.AddRow(
                new Text(Comparison.Noun(numbers.Metric.Name)), Cell(numbers, numbers.A, "a", ofA, mark), Cell(numbers, numbers.B, "b", ofB, mark),
                new Text(Verdict(numbers)));
        }
        console.Write(table);
    }

    /// <summary>What the table does not say of itself: which numbers cannot be told apart, and which not be compared.</summary>
    public static IEnumerable<string> Remarks(IReadOnlyList<MetricComparison> metrics)
    {
        var alike = metrics.Where(m => m is { Better: not null, Separable: false }).Select(m => Comparison.Noun(m.Metric.Name)).ToList();
        if (alike.Count > 0)
            yield return $"Not to be told apart, because the intervals of their numbers overlap: {string.Join(", ", alike)}.";
        var unknown = metrics.Where(m => m is { Better: not null, Separable: null }).Select(m => Comparison.Noun(m.Metric.Name)).ToList();
        if (unknown.Count > 0)
            yield return $"Perhaps by chance, because nobody measured the spread: {string.Join(", ", unknown)}.";
        foreach (var reason in metrics.Where(m => m is { IsComparable: false, A: not null, B: not null }).GroupBy(m => m.Obstacle))
            yield return $"Not compared: {string.Join(", ", reason.Select(m => Comparison.Noun(m.Metric.Name)))}, because {reason.Key}.";
    }

    private static Text Cell(MetricComparison numbers, Metric? number, string side, string of, char mark)
    {
        var name = numbers.Metric.Name;
        // Nobody has won what cannot be told apart.
        var better = numbers.Better == side && numbers.Separable != false;
        var text = (better ? $"{mark} " : "  ") + MetricText.Of(name, number) + of;
        return new Text(MetricText.Interval(name, number) is { } interval ? $"{text}\n  {interval}" : text, better ? new Style(Color.Green) : Style.Plain);
    }

    private static string Verdict(MetricComparison numbers) =>
        numbers is { IsComparable: true, A.Value: { } a, B.Value: { } b } ? Comparison.Change(numbers.Metric.Name, a, b) + Doubt(numbers) : "not compared";

    private static string Doubt(MetricComparison numbers) => numbers switch
    {
        { Better: null } => "",
        { Separable: false } => ",\nnot separable",
        { Separable: null } => ",\nspread unknown",
        _ => "",
    };
}
