using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps.Planning;

namespace Grid.Experiments.Tests.Sweeps.Planning;

public sealed class StageTimeTests
{
    private static readonly Dictionary<StageKind, int> stages = new() { [StageKind.Train] = 3, [StageKind.Measure] = 2, [StageKind.Quantize] = 0 };

    [Fact]
    public void Slots_share_the_work_but_not_the_measurements()
    {
        var means = new Dictionary<StageKind, double> { [StageKind.Train] = 8, [StageKind.Measure] = 5 };

        StageTime.Total(stages, means, slots: 1).ShouldBe((3 * 8) + (2 * 5));
        StageTime.Total(stages, means, slots: 4).ShouldBe((3 * 8 / 4) + (2 * 5));
    }

    [Fact]
    public void A_kind_that_was_never_timed_leaves_the_time_unknown()
    {
        StageTime.Total(stages, new Dictionary<StageKind, double> { [StageKind.Train] = 8 }, slots: 1).ShouldBeNull();
    }
}
