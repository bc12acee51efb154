using System.Globalization;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Experiments.Analysis;

/// <summary>How much a swept parameter by itself decides a metric.</summary>
/// <param name="Share">Of the metric's variance, with its 95 % interval; null when it cannot be told.</param>
/// <param name="Models">Those in which the parameter is in effect: the share is of the variance among them.</param>
/// <param name="Groups">Values, or ranges of values, that were compared.</param>
/// <param name="Unknown">Why there is no share; null when there is one.</param>
public sealed record ParameterImportance(string Parameter, VarianceShare? Share, int Models, int Groups, string? Unknown)
{
    /// <summary>Fewer models tell nothing.</summary>
    public const int FewestModels = 8;

    /// <summary>Numbers with more values than a third of the models are compared in ranges of equally many models.</summary>
    private const int LeastOfAGroup = 3;
    private const int MostRanges = 8;

    /// <summary>
    /// For each swept parameter the share of variance between its values, see <see cref="VarianceShare"/>: its first-order effect, without what it
    /// does together with others. A parameter that means nothing beside the others takes part only where it is in effect; where leaving its stage
    /// out is one of its values, such models count as that value. Times, sizes and energies are taken by their logarithm, as they differ by factors.
    /// </summary>
    /// <param name="points">One for each configuration; those without the metric, or with another provenance of it than most, are passed over.</param>
    public static IReadOnlyList<ParameterImportance> Of(IReadOnlyList<Point> points, IReadOnlyList<ParameterDomain> space, MetricDefinition metric)
    {
        var known = points.Select(point => (Point: point, Number: Numbers.Of(point, metric.Name))).Where(p => p.Number is not null).ToList();
        var common = known.CountBy(p => p.Number!.Provenance).OrderByDescending(c => c.Value).FirstOrDefault().Key;
        known.RemoveAll(p => p.Number!.Provenance != common);
        var byFactor = metric.Unit != "1" && known.All(p => p.Number!.Value > 0);
        var values = known.Select(p => byFactor ? Math.Log(p.Number!.Value!.Value) : p.Number!.Value!.Value).ToList();
        return [.. space.Select(domain => Of(domain, [.. known.Select(p => p.Point)], values))];
    }

    private static ParameterImportance Of(ParameterDomain domain, IReadOnlyList<Point> points, List<double> values)
    {
        var absent = ParameterCatalog.Absent(domain);
        var (settings, numbers) = (new List<string>(), new List<double>());
        for (var i = 0; i < points.Count; i++)
            if ((points[i].Config.GetValueOrDefault(domain.Key) ?? absent) is { } setting)
            {
                settings.Add(setting);
                numbers.Add(values[i]);
            }
        var groups = GroupsOf(settings);
        var count = groups.Distinct().Count();
        if (settings.Count < FewestModels)
            return new(domain.Key, null, settings.Count, count, $"of the models in which it is in effect there are {settings.Count}; at least {FewestModels} are needed");
        if (count < 2)
            return new(domain.Key, null, settings.Count, count, "only one of its values was tried");
        var share = VarianceShare.Of(numbers, groups);
        return new(domain.Key, share, settings.Count, count, share is null ? "there are too few models for each value, or they are all equal" : null);
    }

    private static List<int> GroupsOf(List<string> settings)
    {
        var distinct = settings.Distinct().ToList();
        var numbers = settings.Select(s => double.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN).ToList();
        if (distinct.Count * LeastOfAGroup <= settings.Count || numbers.Any(double.IsNaN))
            return settings.ConvertAll(s => distinct.IndexOf(s));
        var ranges = Math.Clamp(settings.Count / (LeastOfAGroup + 1), 2, MostRanges);
        var sorted = numbers.Order().ToList();
        // Equal numbers share the rank of the first of them, and so their range.
        return numbers.ConvertAll(n => sorted.BinarySearch(n) is var found ? FirstOf(sorted, found) * ranges / sorted.Count : 0);
    }

    private static int FirstOf(List<double> sorted, int found)
    {
        while (found > 0 && sorted[found - 1] == sorted[found])
            found--;
        return found;
    }
}
