using Grid.Experiments.Frontier;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;

namespace Grid.Experiments.Results;

/// <summary>
/// Takes measured trials one after the other and lets go of those that cannot come onto the frontier any more: what another dominates, or
/// breaks a limit, does so whatever follows. Nothing is let go of before every uncompressed model is measured, and if they lack a number or
/// differ in provenance, as what may be compared, and what keeps a limit, is decided by them; nor of a configuration of which a seed is still to come.
/// </summary>
internal sealed class FrontierSieve(Sweep sweep)
{
    private readonly Dictionary<long, Point> references = [];
    private Dictionary<int, Point> points = [];
    private int atLastSift;

    /// <summary>Those not let go of.</summary>
    public IReadOnlyCollection<Point> Points => points.Values;

    /// <summary>The uncompressed models by seed.</summary>
    public IReadOnlyDictionary<long, Point> References => references;

    /// <summary>Its frontier and hypervolume are those of all points that were added; what it does not hold is not all.</summary>
    public SweepFrontier Frontier => Sort(SeedAggregate.Of([.. points.Values]));

    /// <summary>Adds what was read of the store, and lets go of what it can.</summary>
    /// <exception cref="System.Text.Json.JsonException">A trial's configuration is none.</exception>
    public void Add(IEnumerable<TrialMetrics> page)
    {
        foreach (var trial in page)
        {
            var configuration = TrialConfiguration.Parse(trial.Config);
            Add(new(trial.Number, configuration.Values, configuration.Seed, trial.Metrics, trial.Artifact), trial.IsReference);
        }
        Sift();
    }

    /// <summary>Adds a point, in place of what was known of its trial.</summary>
    public void Add(Point point, bool isReference)
    {
        points[point.Trial] = point;
        if (isReference)
            references[point.Seed] = point;
    }

    /// <summary>Lets go of what it can, once there is twice as much as after the time before: all sifting together takes no longer than a few times the last.</summary>
    public void Sift()
    {
        if (points.Count < 2 * atLastSift || !ReferencesDecide)
            return;
        var whole = points.Values.CountBy(point => point.Config).Where(c => c.Value >= sweep.Seeds.Count).Select(c => c.Key).ToHashSet();
        var onFront = Sort(SeedAggregate.Of(points.Values.Where(p => whole.Contains(p.Config)))).Frontier.Select(p => p.Config).ToHashSet();
        points = points.Values.Where(p => !whole.Contains(p.Config) || onFront.Contains(p.Config)).ToDictionary(p => p.Trial);
        atLastSift = points.Count;
    }

    private bool ReferencesDecide => references.Count == sweep.Seeds.Count && sweep.Objectives.All(objective =>
        references.Values.Select(r => Numbers.Of(r, objective.Metric)?.Provenance).Distinct().ToArray() is [not null]);

    private SweepFrontier Sort(IReadOnlyList<Point> some) => SweepFrontier.Of(some, sweep.Objectives, sweep.Constraints, references);
}
