using System.Diagnostics;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Telemetry;
using Grid.Grains.Contracts;
using Grid.Grains.Pools;
using Microsoft.Extensions.Time.Testing;

namespace Grid.Grains.Tests.Pools;

public sealed class AttemptTraceTests : IDisposable
{
    private static readonly StageOffer offer = new(
        new StageRequest(
            new StageSpec(StageKind.Train, StageSettings.Empty, null, null, null, 1), "sweep-1", TimeSpan.FromMinutes(1), null, null, Retry: false, "train/cpu"),
        Attempt: 0, Free: true);

    private readonly ActivityListener listener = new()
    {
        ShouldListenTo = source => source.Name == GridTelemetry.SourceName,
        Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    public void Dispose()
    {
        Tracing.Rate = null;
        listener.Dispose();
    }

    [Fact]
    public async Task Of_attempts_beyond_the_rate_nothing_stands_in_the_row_and_their_workers_begin_no_trace_either()
    {
        ActivitySource.AddActivityListener(listener);
        Tracing.Rate = new TraceRate(1, new FakeTimeProvider());
        var rows = new List<string?>();

        var first = (await Lease(rows)).ShouldNotBeNull();
        var second = (await Lease(rows)).ShouldNotBeNull();

        (Traceparent.IsUnrecorded(first), Traceparent.IsUnrecorded(second)).ShouldBe((false, true));
        rows.ShouldBe([first, null]);
        second.ShouldMatch($"^{Traceparent.Pattern}$");
        Tracing.Begin(GridTelemetry.Spans.Attempt, second).ShouldBeNull();
        using var attempt = Tracing.Begin(GridTelemetry.Spans.Attempt, first).ShouldNotBeNull();
        attempt.TraceId.ToHexString().ShouldBe(Traceparent.TraceId(first));
    }

    [Fact]
    public async Task Where_nobody_listens_the_worker_is_told_nothing() => (await Lease([])).ShouldBeNull();

    private static async Task<string?> Lease(List<string?> rows) => (await AttemptTrace.Lease(offer, "silo/1", trace =>
    {
        rows.Add(trace);
        return Task.FromResult<StageRow?>(
            new(offer.Key, offer.Request.Spec, StageStatus.Leased, 1, 0, "silo/1", null, null, null, null, null, "train/cpu"));
    })).Trace;
}
