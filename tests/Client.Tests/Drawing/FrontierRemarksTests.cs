using Grid.Client.Drawing;
using Grid.Experiments.Frontier;

namespace Grid.Client.Tests.Drawing;

public sealed class FrontierRemarksTests
{
    [Fact]
    public void Points_whose_intervals_overlap_are_said_to_be_alike()
    {
        var outcome = Samples.Outcome();
        var point = outcome.Frontier[0];
        var twin = point with { Trial = 9 };

        FrontierRemarks.Of(outcome with { Frontier = [.. outcome.Frontier, twin] }).Single()
            .ShouldBe("Not to be told apart, because the intervals of their numbers overlap: trial 1 and trial 9.");
    }

    [Fact]
    public void Only_the_first_reasons_are_told()
    {
        var outcome = Samples.Outcome() with
        {
            Rejected = [.. Enumerable.Range(10, 5).Select(n => new RejectedPoint(Samples.Point(n, 0.5, 1e-6, 10), "its energy is unknown"))],
        };

        FrontierRemarks.Of(outcome).Single().ShouldBe(
            "Left out: trial 10, because its energy is unknown; trial 11, because its energy is unknown; trial 12, because its energy is unknown; and 2 more.");
    }

    [Fact]
    public void A_frontier_that_speaks_for_itself_needs_no_remark() => FrontierRemarks.Of(Samples.Outcome()).ShouldBeEmpty();
}
