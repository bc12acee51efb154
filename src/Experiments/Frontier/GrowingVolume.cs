namespace Grid.Experiments.Frontier;

/// <summary>
/// The hypervolume of a set to which points are added one by one. Each adds the volume of its own box without what it shares with the front
/// before it (While, Bradstreet and Barone 2012, see <see cref="Hypervolume"/>), so that all steps together cost about as much as the
/// volume at the end.
/// </summary>
/// <param name="reference">The corner up to which volume counts.</param>
public sealed class GrowingVolume(IReadOnlyList<double> reference)
{
    private readonly double[] corner = [.. reference];
    private readonly ParetoFront<double[]> front = new(Enumerable.Repeat(Metrics.Direction.Minimize, reference.Count).ToArray());

    /// <summary>Of all points so far.</summary>
    public double Volume { get; private set; }

    /// <param name="costs">Smaller is better; as many as the reference has.</param>
    /// <returns>Whether the volume is larger than before.</returns>
    public bool Add(double[] costs)
    {
        var before = front.Items.ToArray();
        if (!front.Add(costs, costs).Entered)
            return false;
        var own = 1.0;
        for (var i = 0; i < corner.Length; i++)
            own *= Math.Max(0, corner[i] - costs[i]);
        if (own == 0)
            return false;
        // What a box shares with another reaches from the worse of both in every coordinate.
        var gain = own - Hypervolume.Of([.. before.Select(other => other.Zip(costs, Math.Max).ToArray())], corner);
        Volume += Math.Max(0, gain);
        return gain > 0;
    }
}
