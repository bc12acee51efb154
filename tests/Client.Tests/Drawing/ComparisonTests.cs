using Grid.Client.Drawing;
using Grid.Experiments.Metrics;

namespace Grid.Client.Tests.Drawing;

public sealed class ComparisonTests
{
    [Fact]
    public void The_recommendation_gives_every_objective_beside_the_reference()
    {
        var outcome = Samples.Outcome();

        var text = Comparison.Recommend(outcome, outcome.Knee!);

        text.ShouldStartWith("Trial 2 is recommended");
        text.ShouldContain("accuracy 97.10 % (0.45 points lower)");
        text.ShouldContain("latency 5.10 µs (2.94x faster)");
        text.ShouldContain("size 28.3 KB (7.71x lower)");
    }

    [Fact]
    public void A_reference_that_wins_is_said_to_win()
    {
        var outcome = Samples.Outcome();

        Comparison.Recommend(outcome with { Knee = outcome.Reference }, outcome.Reference!).ShouldContain("no compression in this sweep pays");
    }

    [Fact]
    public void Speed_is_told_as_measured_beside_the_reference_not_from_latencies_of_different_times()
    {
        var outcome = Samples.Outcome();
        var slower = outcome.Knee! with
        {
            Metrics = new Dictionary<string, Metric>(outcome.Knee!.Metrics) { [MetricCatalog.Speedup] = new(0.5, "1", Provenance.Measured) },
        };

        Comparison.Against(outcome, slower).ShouldContain("latency 5.10 µs (2.00x slower)");
    }

    [Fact]
    public void Without_a_reference_the_numbers_stand_alone() =>
        Comparison.Against(Samples.Outcome() with { Reference = null }, Samples.Outcome().Knee!).ShouldBe(
            "It has accuracy 97.10 %, latency 5.10 µs, size 28.3 KB.");
}
