using Grid.Experiments.Frontier;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Analysis;

/// <summary>In how many models a layer really runs as that kernel.</summary>
/// <param name="Trials">Of these models, by number.</param>
public sealed record KernelUse(LayerReport Layer, IReadOnlyList<int> Trials)
{
    /// <summary>Layer by layer, the most used kernel first.</summary>
    public static IReadOnlyList<KernelUse> Of(IReadOnlyList<Point> points)
    {
        var order = points.SelectMany(p => p.Layers).Select(l => l.Layer).Distinct().ToList();
        return
        [
            .. points.SelectMany(point => point.Layers.Distinct().Select(layer => (layer, point.Trial)))
                .GroupBy(use => use.layer, use => use.Trial)
                .Select(group => new KernelUse(group.Key, [.. group.Order()]))
                .OrderBy(use => order.IndexOf(use.Layer.Layer)).ThenByDescending(use => use.Trials.Count),
        ];
    }
}
