using System.Globalization;
using Grid.Experiments.Metrics;

namespace Grid.Experiments.Frontier;

/// <summary>How a point stands to a limit.</summary>
/// <param name="Kept">Null when a number that it takes is unknown.</param>
/// <param name="Reason">Why it is not kept, or why that is unknown; empty when it is kept.</param>
public sealed record ConstraintCheck(bool? Kept, string Reason)
{
    // Limits are written in decimals and differences are rounded: 0.98 - 0.97 is a little more than 0.01.
    private const double Rounding = 1e-9;

    private static readonly ConstraintCheck IsKept = new(true, "");

    /// <param name="references">The uncompressed point of each seed; accuracy-drop is taken from those of the point's own seeds.</param>
    public static ConstraintCheck Of(Point point, Constraint constraint, IReadOnlyDictionary<long, Point> references)
    {
        var (value, unknown) = constraint.Quantity == Constraint.AccuracyDrop
            ? AccuracyDrop(point, references)
            : (Numbers.Of(point, constraint.Quantity)?.Value, $"its {constraint.Quantity} is unknown");
        if (value is not { } found)
            return new(null, unknown);
        var room = Rounding * Math.Abs(constraint.Limit);
        if (constraint.AtMost ? found <= constraint.Limit + room : found >= constraint.Limit - room)
            return IsKept;
        var relation = constraint.AtMost ? "above" : "below";
        return new(false, $"{constraint.Quantity} {Spell(found)} is {relation} the limit {Spell(constraint.Limit)}");
    }

    private static (double? Drop, string Unknown) AccuracyDrop(Point point, IReadOnlyDictionary<long, Point> references)
    {
        if (point.Seeds.Where(seed => !references.ContainsKey(seed)).ToArray() is { Length: > 0 } missing)
            return (null, $"accuracy-drop is unknown: there is no reference of seed {string.Join(", ", missing)}");
        return Numbers.Of(point, MetricCatalog.Accuracy) is { Value: { } own, Provenance: var provenance }
            && Numbers.OfReference(point, MetricCatalog.Accuracy, references) is { Value: var full } reference
            && reference.Provenance == provenance
                ? (full - own, "")
                : (null, "accuracy-drop is unknown: its own or the reference's accuracy is unknown");
    }

    private static string Spell(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
