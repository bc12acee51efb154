using Grid.Experiments.Metrics;

namespace Grid.Experiments.Frontier;

/// <summary>Decides which points may be compared with each other at all.</summary>
internal sealed record Admission(
    IReadOnlyList<Point> Admitted, IReadOnlyList<RejectedPoint> Infeasible, IReadOnlyList<RejectedPoint> Excluded)
{
    public static Admission Of(
        IReadOnlyList<Point> points,
        IReadOnlyList<Objective> objectives,
        IReadOnlyList<Constraint> constraints,
        IReadOnlyDictionary<long, Point> references)
    {
        var provenances = objectives.Select(o => CommonProvenance(points, o.Metric, references)).ToArray();
        var admitted = new List<Point>();
        var infeasible = new List<RejectedPoint>();
        var excluded = new List<RejectedPoint>();
        foreach (var point in points)
        {
            var checks = constraints.Select(constraint => ConstraintCheck.Of(point, constraint, references)).ToArray();
            var reason = Incomparable(point, objectives, provenances) ?? checks.FirstOrDefault(check => check.Kept is null)?.Reason;
            if (reason is not null)
                excluded.Add(new(point, reason));
            else if (checks.Where(check => check.Kept == false).Select(check => check.Reason).ToArray() is { Length: > 0 } broken)
                infeasible.Add(new(point, string.Join("; ", broken)));
            else
                admitted.Add(point);
        }
        return new(admitted, infeasible, excluded);
    }

    private static string? Incomparable(Point point, IReadOnlyList<Objective> objectives, Provenance[] provenances)
    {
        for (var i = 0; i < objectives.Count; i++)
        {
            var metric = objectives[i].Metric;
            if (Numbers.Of(point, metric) is not { } found)
                return $"its {metric} is unknown";
            if (found.Provenance != provenances[i])
                return $"its {metric} is {Spell(found.Provenance)} where the others' is {Spell(provenances[i])}";
        }
        return null;
    }

    /// <summary>The provenance all references agree in, else that of most points, else the most direct of these.</summary>
    private static Provenance CommonProvenance(IReadOnlyList<Point> points, string metric, IReadOnlyDictionary<long, Point> references)
    {
        var ofReferences = Of(references.Values).Distinct().ToArray();
        return ofReferences.Length == 1
            ? ofReferences[0]
            : Of(points).CountBy(p => p).OrderByDescending(g => g.Value).ThenBy(g => g.Key).FirstOrDefault().Key;

        IEnumerable<Provenance> Of(IEnumerable<Point> some) =>
            some.Select(point => Numbers.Of(point, metric)).OfType<Metric>().Select(m => m.Provenance);
    }

    private static string Spell(Provenance provenance) => provenance.ToString().ToLowerInvariant();
}
