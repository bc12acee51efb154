using Grid.Experiments.Metrics;
using Grid.Experiments.Store;

namespace Grid.Experiments.Tests.Store;

public sealed class SpendingTests
{
    [Fact]
    public void The_weakest_provenance_speaks_for_the_sum()
    {
        var spent = Spending.None
            .With(new Metric(2, "J", Provenance.Measured)).With(new Metric(3, "J", Provenance.Attributed)).With(new Metric(4, "J", Provenance.Measured));

        spent.ShouldBe(new Spending(0, new Metric(9, "J", Provenance.Attributed), 3, 0, null));
    }

    [Fact]
    public void What_nobody_counted_is_told_and_never_0()
    {
        var spent = Spending.None.With(null).With(Metric.Unavailable("J")).With(new Metric(-5, "J", Provenance.Measured));

        (spent.Energy, spent.Counted, spent.Uncounted).ShouldBe((Metric.Unavailable("J"), 0, 3));
    }
}
