using Grid.Experiments.Measurement;
using Grid.Experiments.Measurement.Latency;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Tests.Measurement.Latency;

public sealed class PairedTimerTests
{
    private readonly ManualClock clock = new();
    private readonly List<char> order = [];

    [Fact]
    public void Each_run_is_timed_alone()
    {
        var times = Measure(Settings(warmup: 0, minRuns: 100), candidate: 3_000, reference: 7_000);

        times.Candidate.ShouldBe(Enumerable.Repeat(3e-6, 100));
        times.Reference.ShouldBe(Enumerable.Repeat(7e-6, 100));
    }

    [Fact]
    public void Models_take_turns_in_blocks_of_the_order_a_b_b_a()
    {
        Measure(Settings(warmup: 0, minRuns: 100));

        // 25 timed runs and one before them.
        string Block(char model) => new(model, 26);
        string.Concat(order).ShouldBe(string.Concat(Enumerable.Repeat(Block('c') + Block('r') + Block('r') + Block('c'), 2)));
    }

    [Fact]
    public void The_reference_may_be_the_first()
    {
        var times = Measure(Settings(warmup: 1, minRuns: 2), candidate: 3_000, reference: 7_000, candidateFirst: false);

        string.Concat(order).ShouldBe("rc" + "rr" + "cc" + "cc" + "rr");
        times.Candidate.ShouldBe([3e-6, 3e-6]);
        times.Reference.ShouldBe([7e-6, 7e-6]);
    }

    [Fact]
    public void Warm_up_runs_do_not_count()
    {
        var run = 0;
        var times = new PairedTimer(Settings(warmup: 20, minRuns: 100), clock).Measure(() => clock.Now += run++ < 20 ? 1_000_000 : 10, () => { }, true, default);

        times.Candidate.ShouldAllBe(t => t < 1e-6);
    }

    [Fact]
    public void The_first_run_after_the_other_model_does_not_count()
    {
        var last = ' ';
        var times = new PairedTimer(Settings(warmup: 1, minRuns: 100), clock).Measure(() => Run('c'), () => Run('r'), true, default);

        void Run(char model)
        {
            clock.Now += model == last ? 10 : 5_000;
            last = model;
        }

        times.Candidate.Concat(times.Reference).ShouldAllBe(t => t < 1e-6);
    }

    // A round is 50 timed runs of each model and 4 that do not count, 20.8 ms.
    [Theory]
    [InlineData(200, 0, 200)]
    [InlineData(201, 0, 250)]
    [InlineData(200, 0.1, 250)]
    [InlineData(200, 0.0832, 200)]
    public void A_session_lasts_until_it_has_both_its_runs_and_its_time(int minRuns, double minTime, int runs)
    {
        var times = Measure(Settings(warmup: 0, minRuns) with { MinTime = minTime }, candidate: 200_000, reference: 200_000);

        (times.Candidate.Length, times.Reference.Length).ShouldBe((runs, runs));
    }

    [Fact]
    public void It_stops_when_it_is_told_to()
    {
        using var stop = new CancellationTokenSource();
        var runs = 0;
        void Run()
        {
            if (++runs == 500)
                stop.Cancel();
        }

        Should.Throw<OperationCanceledException>(() =>
            new PairedTimer(Settings(warmup: 0, minRuns: 1_000_000), clock).Measure(Run, Run, true, stop.Token));

        runs.ShouldBeInRange(500, 525);
    }

    private PairedTimes Measure(MeasureSettings settings, long candidate = 1_000, long reference = 1_000, bool candidateFirst = true)
    {
        Action Model(char name, long nanoseconds) => () =>
        {
            order.Add(name);
            clock.Now += nanoseconds;
        };
        return new PairedTimer(settings, clock).Measure(Model('c', candidate), Model('r', reference), candidateFirst, default);
    }

    private static MeasureSettings Settings(int warmup, int minRuns) =>
        MeasureSettings.From(new StageSettings([new("warmup", $"{warmup}"), new("min-runs", $"{minRuns}"), new("min-time", "0")]));
}
