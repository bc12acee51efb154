namespace Grid.Experiments.Frontier;

/// <summary>A limit that a point must keep to stand on the frontier.</summary>
/// <param name="Quantity">A metric's name, or <see cref="AccuracyDrop"/>.</param>
/// <param name="AtMost">True for an upper limit, false for a lower one.</param>
/// <param name="Limit">In the metric's own unit.</param>
public sealed record Constraint(string Quantity, bool AtMost, double Limit)
{
    /// <summary>Accuracy of the uncompressed reference less that of the point.</summary>
    public const string AccuracyDrop = "accuracy-drop";
}
