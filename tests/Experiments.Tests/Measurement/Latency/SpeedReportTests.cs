using Grid.Experiments.Measurement.Latency;
using Grid.Experiments.Metrics;
using Grid.Experiments.Randomness;

namespace Grid.Experiments.Tests.Measurement.Latency;

public sealed class SpeedReportTests
{
    [Fact]
    public void Percentiles_are_of_the_runs_of_all_sessions()
    {
        var runs = Enumerable.Range(1, 300).Select(i => i * 1e-6).ToArray();

        var metrics = Metrics([.. runs.Chunk(100)]);

        metrics["latency-p50"].Value.ShouldBe(150e-6);
        metrics["latency-p90"].Value.ShouldBe(270e-6);
        metrics["latency-p99"].Value.ShouldBe(297e-6);
    }

    [Fact]
    public void The_interval_is_students_on_the_logarithms_of_the_sessions()
    {
        // Logarithms of base 2 are -1, 0 and 1: their standard error is 1 / sqrt 3, and t with 2 degrees of freedom is 4.3027.
        var median = Metrics([0.5e-6], [1e-6], [2e-6])["latency-p50"];

        median.Value.ShouldBe(1e-6);
        median.High!.Value.ShouldBe(1e-6 * Math.Pow(2, 4.3026527297 / Math.Sqrt(3)), 1e-12);
        median.Low!.Value.ShouldBe(1e-6 / Math.Pow(2, 4.3026527297 / Math.Sqrt(3)), 1e-12);
    }

    [Fact]
    public void The_interval_of_sessions_covers_the_truth_as_often_as_it_says()
    {
        var random = new RandomStream(1);

        var covered = Enumerable.Range(0, 4_000).Count(_ =>
        {
            var sessions = Enumerable.Range(0, 3).Select(_ => 10e-6 * Math.Exp(0.1 * random.NextNormal())).ToArray();
            var interval = SessionSpread.Around(SessionSpread.GeometricMean(sessions), "s", sessions);
            return interval.Low <= 10e-6 && 10e-6 <= interval.High;
        });

        // Five standard deviations of a binomial of share 0.95.
        (covered / 4_000d).ShouldBe(0.95, 0.018);
    }

    [Fact]
    public void One_session_leaves_the_spread_unknown()
    {
        var metrics = Metrics([1e-6, 2e-6, 3e-6]);

        metrics.Values.ShouldAllBe(m => m.Value != null && m.Low == null && m.High == null && m.Provenance == Provenance.Measured);
    }

    [Fact]
    public void The_speed_up_pairs_each_session_with_its_own_reference()
    {
        // The machine ran at a third of its speed in the second session; the candidate is twice as fast all the same.
        var report = new SpeedReport([new([1e-6, 1e-6], [2e-6, 2e-6]), new([3e-6], [6e-6])], [1, 1], Running: 1);

        var speedup = report.Metrics.ToDictionary()["speedup"];

        (speedup.Value!.Value, speedup.Unit).ShouldBe((2, "1"));
        (speedup.High!.Value - speedup.Low!.Value).ShouldBe(0, 1e-12);
        (report.Metrics.ToDictionary()["latency-p50"].High > 2e-6).ShouldBeTrue();
    }

    [Fact]
    public void Half_as_fast_and_twice_as_fast_are_even() =>
        new SpeedReport([new([1e-6], [2e-6]), new([2e-6], [1e-6])], [1, 1], Running: 1).Metrics.ToDictionary()["speedup"].Value!.Value.ShouldBe(1, 1e-12);

    [Fact]
    public void Throughput_is_that_of_the_sessions_with_their_spread()
    {
        var throughput = new SpeedReport([new([1e-6], [1e-6]), new([1e-6], [1e-6])], [1_000, 4_000], Running: 1).Metrics.ToDictionary()["throughput"];

        throughput.Value!.Value.ShouldBe(2_000, 1e-9);
        (throughput.Unit, throughput.Low < 1_000, throughput.High > 4_000).ShouldBe(("1/s", true, true));
    }

    [Theory]
    [InlineData(0.7, true)]
    [InlineData(0.96, false)]
    [InlineData(1.9, false)]
    public void Other_work_that_had_the_processor_is_noted(double running, bool noted)
    {
        var notes = new SpeedReport([new([1e-6], [1e-6])], [1], running).Notes.ToList();

        notes.Count.ShouldBe(noted ? 1 : 0);
        notes.ShouldAllBe(n => n.Contains("for 30 %"));
    }

    private static Dictionary<string, Metric> Metrics(params double[][] sessions) =>
        new SpeedReport([.. sessions.Select(s => new PairedTimes(s, s))], [.. sessions.Select(_ => 1.0)], Running: 1).Metrics.ToDictionary();
}
