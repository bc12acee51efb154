using Grid.Silo.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Grid.Silo.Tests.Telemetry;

public sealed class GaugeReadingTests
{
    private readonly FakeTimeProvider time = new();
    /// <summary>However busy the machine is.</summary>
    private readonly TimeSpan patience = TimeSpan.FromHours(2);

    private int readings;

    [Fact]
    public async Task The_store_is_read_for_those_who_look_and_for_nobody_else()
    {
        await using var reading = Reading(TimeSpan.Zero);
        time.Advance(TimeSpan.FromHours(1));
        readings.ShouldBe(0);

        await reading.Begin();
        await reading.Begin();
        readings.ShouldBe(1);

        time.Advance(TimeSpan.FromSeconds(1));
        await reading.Begin();
        readings.ShouldBe(2);
    }

    [Theory]
    [InlineData(0.01, 1)]
    [InlineData(0.3, 6)]
    [InlineData(120, 30)]
    public async Task It_rests_for_a_second_and_twenty_times_as_long_as_it_took_but_not_for_minutes(double seconds, double rest)
    {
        await using var reading = Reading(TimeSpan.FromSeconds(seconds));
        await reading.Begin();

        time.Advance(TimeSpan.FromSeconds(rest - 0.001));
        await reading.Begin();
        readings.ShouldBe(1);

        time.Advance(TimeSpan.FromSeconds(0.001));
        await reading.Begin();
        readings.ShouldBe(2);
    }

    [Fact]
    public async Task A_thread_of_its_own_waits_for_the_reading_and_one_of_the_pool_does_not()
    {
        var (begun, go) = (new SemaphoreSlim(0), new TaskCompletionSource());
        await using var reading = new GaugeReading(
            async _ =>
            {
                begun.Release();
                await go.Task;
                readings++;
            },
            () => { }, patience, time, NullLogger.Instance);
        var seen = 0;
        var own = new Thread(() =>
        {
            reading.Look();
            seen = readings;
        });

        await Task.Run(reading.Look, TestContext.Current.CancellationToken);
        await begun.WaitAsync(TestContext.Current.CancellationToken);
        own.Start();
        go.SetResult();
        own.Join();

        seen.ShouldBe(1);
    }

    [Fact]
    public async Task A_reading_that_takes_long_is_not_begun_twice_and_ends_with_its_owner()
    {
        var stopped = new TaskCompletionSource();
        var reading = new GaugeReading(
            async stop =>
            {
                readings++;
                stop.Register(stopped.SetResult);
                await Task.Delay(Timeout.Infinite, stop);
            },
            () => { }, patience: TimeSpan.Zero, time, NullLogger.Instance);

        reading.Look();
        time.Advance(TimeSpan.FromMinutes(1));
        reading.Look();
        var running = reading.Begin();
        running.IsCompleted.ShouldBeFalse();
        await reading.DisposeAsync();
        await reading.Begin();

        await stopped.Task;
        readings.ShouldBe(1);
    }

    [Fact]
    public async Task What_cannot_be_read_is_forgotten_and_soon_tried_again_whatever_the_reason()
    {
        var known = true;
        await using var reading = new GaugeReading(
            _ =>
            {
                readings++;
                time.Advance(TimeSpan.FromMinutes(2));
                throw new InvalidOperationException("no number");
            },
            () => known = false, patience, time, NullLogger.Instance);

        await reading.Begin();
        (readings, known).ShouldBe((1, false));

        time.Advance(TimeSpan.FromSeconds(1));
        await reading.Begin();
        readings.ShouldBe(2);
    }

    private GaugeReading Reading(TimeSpan takes) => new(
        _ =>
        {
            readings++;
            time.Advance(takes);
            return Task.CompletedTask;
        },
        () => { }, patience, time, NullLogger.Instance);
}
