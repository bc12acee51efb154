using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;

namespace Grid.Client.Drawing;

/// <summary>What a mark of a scatter plot stands for; later ones are drawn over earlier ones.</summary>
internal enum MarkKind
{
    Dominated,
    Reference,
    Frontier,
    Recommended,
}

/// <summary>One model in a scatter plot.</summary>
internal readonly record struct Mark(double X, double Y, MarkKind Kind, int Trial);

/// <summary>Two metrics of a set of models against each other; models that lack either are left out.</summary>
internal sealed class Scatter
{
    public Scatter(Objective x, Objective y, IEnumerable<Mark> marks)
    {
        (X, Y) = (x, y);
        Marks = [.. marks.Where(m => double.IsFinite(m.X) && double.IsFinite(m.Y)).OrderBy(m => m.Kind).ThenBy(m => m.Trial)];
        XAxis = Axis.Fit([.. Marks.Select(m => m.X)], IsNotAShare(x));
        YAxis = Axis.Fit([.. Marks.Select(m => m.Y)], IsNotAShare(y));
    }

    public Objective X { get; }
    public Objective Y { get; }
    public IReadOnlyList<Mark> Marks { get; }
    public Axis XAxis { get; }
    public Axis YAxis { get; }

    /// <summary>The marks of the frontier that no other one beats in these two metrics, from the best x to the best y.</summary>
    public IReadOnlyList<Mark> Staircase()
    {
        var steps = new List<Mark>();
        foreach (var mark in Marks.Where(m => m.Kind is MarkKind.Frontier or MarkKind.Recommended)
            .OrderBy(m => X.Cost(m.X)).ThenBy(m => Y.Cost(m.Y)))
        {
            if (steps.Count == 0 || Y.Cost(mark.Y) < Y.Cost(steps[^1].Y))
                steps.Add(mark);
        }
        return steps;
    }

    private static bool IsNotAShare(Objective axis) => axis.Metric is not (MetricCatalog.Accuracy or MetricCatalog.TestAccuracy);
}
