using Grid.Experiments.Analysis;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Grid.Experiments.Randomness;
using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Experiments.Tests.Analysis;

public sealed class ParameterImportanceTests
{
    private static readonly MetricDefinition accuracy = MetricCatalog.Find(MetricCatalog.Accuracy)!;
    private static readonly MetricDefinition size = MetricCatalog.Find(MetricCatalog.Size)!;

    private static readonly ParameterDomain[] space =
        [new("prune.ratio", ["0", "0.5", "0.9"]), new("prune.scope", ["layer", "global"]), new("quantize.bits", ["4", "8"])];

    private static Point Point(int trial, double value, MetricDefinition metric, params (string Key, string Value)[] config) => new(
        trial, new StageSettings(config.Select(c => KeyValuePair.Create(c.Key, c.Value))), 1,
        new Dictionary<string, Metric> { [metric.Name] = Metric.Exact(value, metric.Unit) }, "");

    /// <summary>The full grid, in canonical form: no scope where nothing is pruned.</summary>
    private static List<Point> Grid(Func<string, string?, string, double> value, MetricDefinition metric, int repeats = 4)
    {
        var points = new List<Point>();
        for (var repeat = 0; repeat < repeats; repeat++)
            foreach (var bits in new[] { "4", "8" })
            {
                points.Add(Point(points.Count, value("0", null, bits), metric, ("quantize.bits", bits)));
                foreach (var ratio in new[] { "0.5", "0.9" })
                    foreach (var scope in new[] { "layer", "global" })
                        points.Add(Point(points.Count, value(ratio, scope, bits), metric, ("prune.ratio", ratio), ("prune.scope", scope), ("quantize.bits", bits)));
            }
        return points;
    }

    [Fact]
    public void What_decides_comes_first_and_what_does_nothing_has_no_share()
    {
        var random = new RandomStream(2);
        var found = ParameterImportance.Of(Grid((ratio, _, bits) => -double.Parse(ratio) - (bits == "4" ? 0.1 : 0) + random.NextNormal() * 0.01, accuracy), space, accuracy);

        found.Select(f => f.Parameter).ShouldBe(["prune.ratio", "prune.scope", "quantize.bits"]);
        found[0].Share!.Value.Share.ShouldBeGreaterThan(0.9);
        found[1].Share!.Value.Share.ShouldBeLessThan(0.05);
        // A small effect beside a large one is taken for chance.
        found[2].Share!.Value.Share.ShouldBeLessThan(0.05);
    }

    [Fact]
    public void A_parameter_is_looked_at_where_it_is_in_effect_and_a_stage_left_out_is_a_value()
    {
        var found = ParameterImportance.Of(Grid((ratio, scope, _) => ratio == "0" ? 5 : scope == "layer" ? 1 : 0, accuracy), space, accuracy);

        // Without the unpruned models, which have no scope, the scope decides everything.
        (found[1].Models, found[1].Groups, found[1].Share!.Value.Share).ShouldBe((32, 2, 1));
        (found[0].Models, found[0].Groups).ShouldBe((40, 3));
    }

    [Fact]
    public void Sizes_are_compared_by_factors()
    {
        // Half, for each of two parameters: equal shares by factor, not by difference.
        var found = ParameterImportance.Of(Grid((_, scope, bits) => 1000 * (scope == "global" ? 0.1 : 1) * (bits == "4" ? 0.1 : 1), size)
            .Where(p => p.Config.ContainsKey("prune.scope")).ToList(), space, size);

        found[1].Share!.Value.Share.ShouldBe(found[2].Share!.Value.Share, 1e-9);
        found[1].Share!.Value.Share.ShouldBeInRange(0.45, 0.5);
    }

    [Fact]
    public void Numbers_that_hardly_repeat_are_compared_in_ranges()
    {
        var random = new RandomStream(4);
        var points = Enumerable.Range(0, 100).Select(i => (Ratio: random.NextDouble(), Other: random.NextDouble()))
            .Select((x, i) => Point(i, x.Ratio * x.Ratio, accuracy, ("prune.ratio", StageSettings.Spell(x.Ratio)), ("quantize.step", StageSettings.Spell(x.Other)))).ToList();

        var found = ParameterImportance.Of(points, [new("prune.ratio", null, new(0, 1, false, false, null)), new("quantize.step", null, new(0, 1, false, false, null))], accuracy);

        found[0].Groups.ShouldBe(8);
        found[0].Share!.Value.Share.ShouldBeGreaterThan(0.9);
        found[1].Share!.Value.Share.ShouldBeLessThan(0.1);
    }

    [Fact]
    public void With_too_few_models_it_says_so()
    {
        var found = ParameterImportance.Of([.. Grid((_, _, _) => 1, accuracy).Take(5)], space, accuracy);

        found.ShouldAllBe(f => f.Share == null && f.Unknown!.Contains("at least 8 are needed"));
    }
}
