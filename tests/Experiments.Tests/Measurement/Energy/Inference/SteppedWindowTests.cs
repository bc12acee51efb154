using Grid.Experiments.Measurement.Energy.Inference;
using Grid.Experiments.Measurement.Energy.Meters;
using Grid.Experiments.Tests.Measurement.Energy.Meters;
using Microsoft.Extensions.Time.Testing;

namespace Grid.Experiments.Tests.Measurement.Energy.Inference;

public sealed class SteppedWindowTests
{
    private static readonly ProcessorTime alone = new(() => TimeSpan.Zero, "/no/account");

    private readonly FakeTimeProvider clock = new();

    [Theory]
    [InlineData(0.1, 0, 5.0)] // As many steps as it takes: fifty.
    [InlineData(0.001, 1, 1.0)] // As long as it takes: a second.
    [InlineData(0.1, 100, 100.0)] // Or longer than a meter may take for its first steps.
    public void It_lasts_until_there_are_enough_steps_and_enough_time(double step, double seconds, double expected)
    {
        var use = Measure(Watts(30, step), seconds);

        use.Seconds.ShouldBe(expected, 0.011);
        ((double)use.Done).ShouldBe(expected * 1000, 11);
    }

    [Fact]
    public void A_meter_of_coarse_steps_is_read_from_step_to_step()
    {
        // Begun and ended anywhere between steps of 0.1 s, it would be off by up to 4 %.
        clock.Advance(TimeSpan.FromSeconds(0.077));

        Measure(Watts(30, 0.1), 0).Watts.ShouldBe(30, 0.1);
    }

    [Fact]
    public void A_meter_that_stands_still_is_given_up() =>
        Should.Throw<MeterException>(() => Measure(() => 1, 0)).Message.ShouldBe("fake stepped fewer than 50 times in 60 s");

    [Fact]
    public void Somebody_can_end_it()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Should.Throw<OperationCanceledException>(() => new SteppedWindow(new FakeMeter(() => 1), alone, clock).Measure(0, () => 1, cancelled.Token));
    }

    /// <summary>A counter that shows a constant power, every so many seconds.</summary>
    private Func<double> Watts(double watts, double step) =>
        () => Math.Floor(((clock.GetUtcNow() - clock.Start).TotalSeconds / step) + 1e-6) * step * watts;

    /// <summary>Each piece of work takes a millisecond.</summary>
    private SteppedUse Measure(Func<double> joules, double seconds) =>
        new SteppedWindow(new FakeMeter(joules), alone, clock).Measure(seconds, () =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            return 1;
        }, TestContext.Current.CancellationToken);
}
