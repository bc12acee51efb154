using CsCheck;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Grid.Experiments.Results;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Tests.Frontier;
using Grid.Experiments.Tests.Sweeps;

namespace Grid.Experiments.Tests.Results;

public sealed class FrontierSieveTests
{
    private static readonly Sweep oneSeed = SweepBuilder.Build([], []) with { Objectives = [Points.MostAccurate, Points.Fastest] };
    private static readonly Point reference = Points.Of(0, 0.9, 4);

    /// <summary>Few values, so that ties, broken limits, unknown numbers and other provenance are common.</summary>
    private static readonly Gen<(double? Accuracy, double? Latency, bool Estimated, int Config, long Seed)[]> anyTrials = Gen.Select(
        Gen.Int[0, 6], Gen.Int[0, 6], Gen.Int[0, 19], Gen.Int[0, 40], Gen.Int[1, 2],
        (accuracy, latency, rare, config, seed) => (
            rare == 0 ? (double?)null : 0.85 + (accuracy / 100.0), rare == 1 ? (double?)null : 1.0 + latency, rare == 2, config, (long)seed)).Array[0, 200];

    [Fact]
    public void Whatever_comes_in_whatever_pages_the_frontier_and_its_volume_are_those_of_all_points() =>
        Gen.Select(anyTrials, Gen.Int[1, 2], Gen.Int[1, 30], Gen.Int[0, 20], Gen.Int[0, 9]).Sample((trials, seeds, page, referencesAt, rare) =>
        {
            var sweep = oneSeed with
            {
                Seeds = [.. Enumerable.Range(1, seeds).Select(i => (long)i)],
                Constraints = [new Constraint(Constraint.AccuracyDrop, AtMost: true, 0.03)],
            };
            var points = trials.Where(t => t.Seed <= seeds).DistinctBy(t => (t.Config, t.Seed)).Select((t, i) => Trial(i + seeds, t)).ToList();
            var uncompressed = sweep.Seeds.Select((seed, i) => Points.Of(i, 0.9, 4, seed, "reference")).ToList();
            if (rare < 2)
                uncompressed[0] = uncompressed[0].With(
                    MetricCatalog.LatencyP50, rare == 0 ? Metric.Unavailable("s") : new Metric(4, "s", Provenance.Estimated));
            points.InsertRange(Math.Min(referencesAt, points.Count), uncompressed);

            var sieve = new FrontierSieve(sweep);
            foreach (var chunk in points.Chunk(page))
            {
                foreach (var point in chunk)
                    sieve.Add(point, uncompressed.Contains(point));
                sieve.Sift();
            }

            var all = SweepFrontier.Of(SeedAggregate.Of(points), sweep.Objectives, sweep.Constraints, uncompressed.ToDictionary(p => p.Seed));
            sieve.Frontier.Frontier.Trials().ShouldBe(all.Frontier.Trials());
            sieve.Frontier.Hypervolume.ShouldBe(all.Hypervolume);
        });

    [Fact]
    public void What_another_dominates_is_let_go_of()
    {
        var sieve = Sieve([reference, .. Enumerable.Range(1, 1_000).Select(i => Points.Of(i, 0.8, 5 + i))]);

        sieve.Points.ShouldBe([reference]);
    }

    [Fact]
    public void Nothing_is_let_go_of_before_the_uncompressed_model_is_measured() =>
        Sieve([.. Enumerable.Range(1, 1_000).Select(i => Points.Of(i, 0.8, 5 + i))]).Points.Count.ShouldBe(1_000);

    private static FrontierSieve Sieve(params IEnumerable<Point> points)
    {
        var sieve = new FrontierSieve(oneSeed);
        foreach (var point in points)
            sieve.Add(point, point == reference);
        sieve.Sift();
        return sieve;
    }

    private static Point Trial(int number, (double? Accuracy, double? Latency, bool Estimated, int Config, long Seed) trial)
    {
        var point = Points.Of(number, trial.Accuracy, trial.Latency, trial.Seed, $"c{trial.Config}");
        return trial.Estimated ? point.With(MetricCatalog.LatencyP50, new Metric(trial.Latency, "s", Provenance.Estimated)) : point;
    }
}
