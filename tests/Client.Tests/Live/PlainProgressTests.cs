using Grid.Client.Live;
using Grid.Grains.Contracts;

namespace Grid.Client.Tests.Live;

public sealed class PlainProgressTests
{
    [Fact]
    public void A_finished_trial_is_one_line_with_its_numbers() =>
        PlainProgress.Line(EventKinds.TrialSucceeded, """{"trial":7,"config":{"prune.ratio":"0.5"},"metrics":{"accuracy":0.975,"latency-p50":1.5E-05,"size":218071}}""")
            .ShouldBe("trial 7 done: accuracy 97.50 %, latency 15.0 µs, size 218 KB (prune ratio=0.5)");

    [Fact]
    public void A_failure_keeps_to_one_line() =>
        PlainProgress.Line(EventKinds.TrialFailed, """{"trial":3,"config":{},"error":"first\nsecond"}""")
            .ShouldBe("trial 3 failed: first second (uncompressed)");

    [Fact]
    public void An_event_of_a_later_version_is_passed_over() => PlainProgress.Line("something-new", "{}").ShouldBeNull();

    [Fact]
    public void An_unknown_metric_value_is_left_out() =>
        PlainProgress.Line(EventKinds.TrialSucceeded, """{"trial":1,"config":{},"metrics":{"accuracy":null,"size":10}}""")
            .ShouldBe("trial 1 done: size 10 B (uncompressed)");
}
