using Grid.Client.Drawing;
using Grid.Experiments.Store;
using Grid.Grains.Contracts;

namespace Grid.Client.Tests.Drawing;

public sealed class ShareTextTests
{
    [Theory]
    [InlineData(0, null, "priority 0, no limit of slots")]
    [InlineData(-3, 1, "priority -3, at most 1 slot of each pool")]
    [InlineData(10, 8, "priority 10, at most 8 slots of each pool")]
    public void A_share_is_told_in_words(int priority, int? mostSlots, string expected) => ShareText.Of(new PoolShare(priority, mostSlots)).ShouldBe(expected);

    [Theory]
    [InlineData(0, null, "a-1: 12 wait, 4 leased")]
    [InlineData(0, 5, "a-1: 12 wait, 4 leased")]
    [InlineData(null, null, "a-1: 12 wait, 4 leased")]
    [InlineData(2, 4, "a-1: 12 wait, 4 leased, priority 2; waits: 4 slots of its own limit are used")]
    [InlineData(0, 3, "a-1: 12 wait, 4 leased; waits: 4 slots of its own limit are used")]
    public void Whoever_waits_is_told_with_what_is_unusual(int? priority, int? mostSlots, string expected) =>
        ShareText.Of(new WaitingView("a-1", 12, 4, priority, mostSlots)).ShouldBe(expected);

    [Fact]
    public void A_sweep_s_own_limit_is_told_for_each_pool_where_it_waits_for_that()
    {
        PoolView[] pools =
        [
            new("train/cpu", 3, [], 1, [new("a-1", 1, 2, 0, 2), new("b-1", 2, 1, 0, 1)]),
            new("measure/local", 1, [], 1, [new("a-1", 1, 1, 0, 2)]),
        ];

        ShareText.Limited("a-1", pools).ShouldBe("train/cpu waits: 2 slots of its own limit are used");
        ShareText.Limited("c-1", pools).ShouldBeNull();
    }
}
