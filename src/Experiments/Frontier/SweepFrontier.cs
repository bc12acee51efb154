namespace Grid.Experiments.Frontier;

/// <summary>A point that is neither on the frontier nor dominated, and why.</summary>
public sealed record RejectedPoint(Point Point, string Reason);

/// <summary>The points of a sweep sorted by what became of them, each in the order given.</summary>
public sealed record SweepFrontier
{
    public required IReadOnlyList<Objective> Objectives { get; init; }

    /// <summary>Points that no other dominates. Points with equal values all stay.</summary>
    public required IReadOnlyList<Point> Frontier { get; init; }

    public required IReadOnlyList<Point> Dominated { get; init; }

    /// <summary>Points that break a limit.</summary>
    public required IReadOnlyList<RejectedPoint> Infeasible { get; init; }

    /// <summary>Points that cannot be compared: a number is missing, or its provenance is not that of the others.</summary>
    public required IReadOnlyList<RejectedPoint> Excluded { get; init; }

    /// <summary>
    /// The volume the frontier dominates, without unit: every value is divided by that of the uncompressed reference (of the
    /// point's own seeds, else of the smallest seed), so it can be compared between sweeps of the same objectives. Null without a
    /// reference or when one of its values is unknown or not positive.
    /// </summary>
    public required double? Hypervolume { get; init; }

    /// <summary>
    /// Up to where the volume reaches, per objective, as a multiple of the uncompressed reference: 2 where smaller is better, 0 where
    /// larger is. What costs more than twice the reference adds nothing.
    /// </summary>
    public required IReadOnlyList<double> HypervolumeReference { get; init; }

    /// <summary>Null when the frontier is empty. See <see cref="Experiments.Frontier.Knee"/>.</summary>
    public required Point? Knee { get; init; }

    /// <summary>Sorts the points.</summary>
    /// <param name="references">The uncompressed point of each seed. They take part only if they are among the points too.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no objective.</exception>
    public static SweepFrontier Of(
        IReadOnlyList<Point> points,
        IReadOnlyList<Objective> objectives,
        IReadOnlyList<Constraint> constraints,
        IReadOnlyDictionary<long, Point> references)
    {
        ArgumentOutOfRangeException.ThrowIfZero(objectives.Count, nameof(objectives));
        var admission = Admission.Of(points, objectives, constraints, references);
        var costs = admission.Admitted.Select(point => Numbers.Costs(point, objectives)).ToArray();
        var front = NonDominated.Of(costs);
        var frontier = front.Select(i => admission.Admitted[i]).ToArray();
        var onFront = front.ToHashSet();
        var knee = Experiments.Frontier.Knee.Of([.. front.Select(i => costs[i])]);
        return new()
        {
            Objectives = objectives,
            Frontier = frontier,
            Dominated = [.. admission.Admitted.Where((_, i) => !onFront.Contains(i))],
            Infeasible = admission.Infeasible,
            Excluded = admission.Excluded,
            Hypervolume = RelativeVolume.Of(frontier, objectives, references),
            HypervolumeReference = RelativeVolume.Bounds(objectives),
            Knee = knee is { } position ? frontier[position] : null,
        };
    }

    /// <summary>The other points of the frontier from which this one cannot be told apart. See <see cref="Separability"/>.</summary>
    public IReadOnlyList<Point> InseparableFrom(Point point) =>
        [.. Frontier.Where(other => !ReferenceEquals(other, point) && !Separability.AreSeparable(point, other, Objectives))];
}
