using System.Diagnostics;
using Grid.Experiments.Telemetry;
using static Grid.Experiments.Telemetry.GridTelemetry;

namespace Grid.Experiments.Tests.Telemetry;

/// <summary>Without a listener in the process: what tests of other classes listen to is none of Grid's.</summary>
public sealed class TracingTests
{
    [Fact]
    public void Where_nobody_listens_no_span_is_made_and_nothing_allocated()
    {
        Made().ShouldBe(0);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var made = 0;
        for (var i = 0; i < 1000; i++)
            made += Made();

        (made, GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe((0, 0L));
    }

    [Fact]
    public void Where_nobody_listens_the_caller_s_own_span_is_left_alone()
    {
        using var mine = new Activity("mine").Start();

        Tracing.Begin(Spans.Lease);

        Activity.Current.ShouldBe(mine);
    }

    private static int Made() =>
        (Tracing.Begin(Spans.Lease, null, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", null) is null ? 0 : 1)
        + (Tracing.Part(Spans.Store) is null ? 0 : 1);
}
