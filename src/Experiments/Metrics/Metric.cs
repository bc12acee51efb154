namespace Grid.Experiments.Metrics;

/// <summary>One number of a trial with its unit, provenance and spread.</summary>
/// <param name="Value">Null when unknown; always finite otherwise.</param>
/// <param name="Unit">As in <see cref="MetricCatalog"/>: "1", "s", "1/s", "By", "J".</param>
/// <param name="Low">Lower end of the 95 % interval; equal to the value when it is exact, null when the spread is unknown.</param>
/// <param name="High">Upper end, likewise.</param>
public sealed record Metric(double? Value, string Unit, Provenance Provenance, double? Low = null, double? High = null)
{
    public static Metric Exact(double value, string unit) => new(value, unit, Provenance.Measured, value, value);

    public static Metric Unavailable(string unit) => new(null, unit, Provenance.Unavailable);

    /// <summary>The value if it may take part in a comparison: known and finite.</summary>
    public double? Comparable => Value is { } v && double.IsFinite(v) ? v : null;
}
