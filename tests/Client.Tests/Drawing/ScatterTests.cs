using Grid.Client.Drawing;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;

namespace Grid.Client.Tests.Drawing;

public sealed class ScatterTests
{
    private static readonly Objective Cost = new("size", Direction.Minimize);
    private static readonly Objective Gain = new("accuracy", Direction.Maximize);

    [Fact]
    public void The_staircase_passes_only_points_unbeaten_in_the_two_metrics_shown()
    {
        var plot = new Scatter(Cost, Gain,
        [
            new Mark(1, 0.5, MarkKind.Frontier, 1), new Mark(2, 0.4, MarkKind.Frontier, 2),
            new Mark(3, 0.9, MarkKind.Recommended, 3), new Mark(0.5, 0.95, MarkKind.Dominated, 4),
        ]);

        plot.Staircase().Select(m => m.Trial).ShouldBe([1, 3]);
    }

    [Fact]
    public void What_lacks_a_number_is_left_out() =>
        new Scatter(Cost, Gain, [new Mark(double.NaN, 1, MarkKind.Frontier, 1), new Mark(1, 1, MarkKind.Frontier, 2)])
            .Marks.Select(m => m.Trial).ShouldBe([2]);
}
