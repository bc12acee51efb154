using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Grid.Experiments.Results;
using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;

namespace Grid.Experiments.Analysis;

/// <summary>What the models that were made the same way have gained or lost against the uncompressed one.</summary>
/// <param name="Techniques">Of prune, finetune and quantize, in order; none for the uncompressed model and those that only differ in training.</param>
/// <param name="Within">How many of them lose no more accuracy than is allowed for.</param>
/// <param name="Changes">By metric; those that cannot be compared are left out.</param>
public sealed record TechniqueEffect(
    IReadOnlyList<StageKind> Techniques, int Models, int OnFrontier, int Within, IReadOnlyDictionary<string, TechniqueChange> Changes)
{
    /// <summary>Loss of accuracy that is allowed for where the sweep does not say: a percentage point.</summary>
    public const double UsualLoss = 0.01;

    /// <summary>What is compared, most telling first.</summary>
    public static IReadOnlyList<string> Compared { get; } =
        [MetricCatalog.Accuracy, MetricCatalog.Speedup, MetricCatalog.Size, MetricCatalog.PackedSize, MetricCatalog.Energy];

    /// <summary>The loss of accuracy that the best are chosen under: the sweep's own limit, else <see cref="UsualLoss"/>.</summary>
    public static double Loss(Sweep sweep) =>
        sweep.Constraints.FirstOrDefault(c => c.Quantity == Constraint.AccuracyDrop && c.AtMost)?.Limit ?? UsualLoss;

    /// <summary>A row for each combination of techniques that was tried; none without an uncompressed model.</summary>
    public static IReadOnlyList<TechniqueEffect> Of(ExperimentResults results)
    {
        if (results.References.Count == 0)
            return [];
        var chains = new ChainBuilder(results.Sweep);
        var frontier = results.Frontier.Frontier.Select(p => p.Trial).ToHashSet();
        var allowed = new Constraint(Constraint.AccuracyDrop, AtMost: true, Loss(results.Sweep));
        return
        [
            .. results.Points.GroupBy(point => string.Join(' ', Kinds(chains, point)))
                .OrderBy(group => group.Key.Length).ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => Of([.. group])),
        ];

        TechniqueEffect Of(IReadOnlyList<Point> points)
        {
            var within = points.Where(p => ConstraintCheck.Of(p, allowed, results.References).Kept == true).ToList();
            var changes = Compared.Select(metric => (metric, Change: TechniqueChange.Of(metric, points, within, results.References)))
                .Where(c => c.Change is not null).ToDictionary(c => c.metric, c => c.Change!);
            return new(Kinds(chains, points[0]), points.Count, points.Count(p => frontier.Contains(p.Trial)), within.Count, changes);
        }
    }

    private static IReadOnlyList<StageKind> Kinds(ChainBuilder chains, Point point) =>
    [
        .. chains.Build(new TrialConfiguration(point.Config, point.Seed)).Stages.Select(s => s.Kind)
            .Where(kind => kind is StageKind.Prune or StageKind.FineTune or StageKind.Quantize),
    ];
}

/// <summary>How a metric changed against the uncompressed model.</summary>
/// <param name="Median">Accuracy: its difference. Others: by what factor it is better, 2 for half the size or twice the speed.</param>
/// <param name="Best">The largest of those that lose no more accuracy than allowed; null when there is none.</param>
/// <param name="Trial">The one that has it.</param>
public sealed record TechniqueChange(double Median, double? Best, int? Trial)
{
    internal static TechniqueChange? Of(string metric, IReadOnlyList<Point> points, IReadOnlyList<Point> within, IReadOnlyDictionary<long, Point> references)
    {
        var all = points.Select(Better).OfType<double>().Order().ToList();
        if (all.Count == 0)
            return null;
        var best = within.Select(p => (p.Trial, Value: Better(p))).Where(p => p.Value is not null).OrderByDescending(p => p.Value).ThenBy(p => p.Trial).ToList();
        return new((all[(all.Count - 1) / 2] + all[all.Count / 2]) / 2, best.Count > 0 ? best[0].Value : null, best.Count > 0 ? best[0].Trial : null);

        double? Better(Point point)
        {
            if (Numbers.Of(point, metric) is not { Value: { } value } number)
                return null;
            // Measured against the reference already, in turns with it.
            if (metric == MetricCatalog.Speedup)
                return value;
            if (Numbers.OfReference(point, metric, references) is not { } reference || reference.Provenance != number.Provenance)
                return null;
            return metric == MetricCatalog.Accuracy ? value - reference.Value : value > 0 ? reference.Value / value : null;
        }
    }
}
