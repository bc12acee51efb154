using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Tests.Frontier;

public sealed class CoverageTests
{
    private static readonly Objective[] objectives = [new("accuracy", Direction.Maximize), new("size", Direction.Minimize)];

    [Fact]
    public void The_share_of_points_that_some_other_is_at_least_as_good_as_in_everything()
    {
        Point[] a = [At(0.9, 100), At(0.8, 50)];
        Point[] b = [At(0.85, 100), At(0.8, 50), At(0.7, 10), At(0.95, 200)];

        Coverage.Of(b, by: a, objectives).ShouldBe(0.5);
        Coverage.Of(a, by: b, objectives).ShouldBe(0.5);
    }

    [Fact]
    public void It_is_not_symmetric()
    {
        Coverage.Of([At(0.8, 60)], by: [At(0.9, 50)], objectives).ShouldBe(1);
        Coverage.Of([At(0.9, 50)], by: [At(0.8, 60)], objectives).ShouldBe(0);
    }

    [Fact]
    public void Nothing_covers_nothing_and_there_is_no_share_of_nothing()
    {
        Coverage.Of([At(0.8, 60)], by: [], objectives).ShouldBe(0);
        Coverage.Of([], by: [At(0.8, 60)], objectives).ShouldBeNull();
    }

    private static Point At(double accuracy, double size) => new(
        0, StageSettings.Empty, 1, new Dictionary<string, Metric> { ["accuracy"] = Metric.Exact(accuracy, "1"), ["size"] = Metric.Exact(size, "By") }, "");
}
