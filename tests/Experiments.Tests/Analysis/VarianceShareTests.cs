using Grid.Experiments.Analysis;
using Grid.Experiments.Randomness;

namespace Grid.Experiments.Tests.Analysis;

public sealed class VarianceShareTests
{
    /// <summary>A textbook's three groups: sums of squares 84 between and 68 within, so omega squared is (84 - 2 * 68 / 15) / (152 + 68 / 15).</summary>
    [Fact]
    public void It_is_omega_squared()
    {
        double[] values = [6, 8, 4, 5, 3, 4, 8, 12, 9, 11, 6, 8, 13, 9, 11, 8, 7, 12];
        int[] groups = [.. Enumerable.Range(0, 18).Select(i => i / 6)];

        VarianceShare.Of(values, groups)!.Value.Share.ShouldBe((84 - 2 * 68 / 15.0) / (152 + 68 / 15.0), 1e-12);
    }

    [Fact]
    public void Groups_that_decide_everything_have_all_of_it_and_chance_has_none()
    {
        var random = new RandomStream(1);
        int[] groups = [.. Enumerable.Range(0, 300).Select(i => i % 3)];

        var all = VarianceShare.Of([.. groups.Select(g => g * 2.0)], groups)!.Value;
        var none = VarianceShare.Of([.. groups.Select(_ => random.NextNormal())], groups)!.Value;

        (all.Share, all.Low, all.High).ShouldBe((1, 1, 1));
        none.Share.ShouldBeLessThan(0.02);
        none.Low.ShouldBe(0);
    }

    [Fact]
    public void Its_interval_holds_the_true_share_nearly_always()
    {
        var (inside, random) = (0, new RandomStream(5));
        for (var round = 0; round < 200; round++)
        {
            int[] groups = [.. Enumerable.Range(0, 60).Select(i => i % 2)];
            // Groups at -1 and 1 with a spread of 1: half of the variance is between them.
            var found = VarianceShare.Of([.. groups.Select(g => 2 * g - 1 + random.NextNormal())], groups)!.Value;
            inside += found.Low <= 0.5 && found.High >= 0.5 ? 1 : 0;
        }

        inside.ShouldBeInRange(175, 200);
    }

    [Fact]
    public void It_is_not_told_where_it_has_no_meaning()
    {
        VarianceShare.Of([1, 2, 3, 4], [0, 0, 0, 0]).ShouldBeNull();
        VarianceShare.Of([1, 2, 3, 4], [0, 1, 2, 3]).ShouldBeNull();
        VarianceShare.Of([0.1, 0.1, 0.1, 0.1], [0, 0, 1, 1]).ShouldBeNull();
        VarianceShare.Of([], []).ShouldBeNull();
    }
}
