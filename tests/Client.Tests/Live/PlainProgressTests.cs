using Grid.Client.Drawing;
using Grid.Client.Live;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Grid.Experiments.Store;
using Grid.Grains.Contracts;

namespace Grid.Client.Tests.Live;

public sealed class PlainProgressTests
{
    [Fact]
    public void A_finished_trial_is_one_line_with_its_numbers() =>
        Line(EventKinds.TrialSucceeded, """{"trial":7}""", _ => Samples.Point(7, 0.975, 1.5e-5, 218_071, ("prune.ratio", "0.5")))
            .ShouldBe("trial 7 done: accuracy 97.50 %, latency 15.0 µs, size 218 KB (prune ratio=0.5)");

    [Fact]
    public void A_trial_whose_numbers_are_not_read_yet_is_done_all_the_same() =>
        Line(EventKinds.TrialSucceeded, """{"trial":7}""", _ => null).ShouldBe("trial 7 done");

    [Fact]
    public void A_failure_keeps_to_one_line() =>
        Line(EventKinds.TrialFailed, """{"trial":3,"error":"first\nsecond"}""", _ => null).ShouldBe("trial 3 failed: first second");

    [Fact]
    public void A_repeated_attempt_is_told() =>
        Line(EventKinds.StageRetried, """{"stage":"abc","kind":"train","error":"killed"}""", _ => null).ShouldBe("train stage will be tried again: killed");

    [Fact]
    public void An_event_of_a_later_version_is_passed_over() => Line("something-new", "{}", _ => null).ShouldBeNull();

    [Fact]
    public void An_unknown_metric_value_is_left_out() =>
        Line(
            EventKinds.TrialSucceeded, """{"trial":1}""",
            _ => Samples.Point(1, 0, 0, 10) with
            {
                Metrics = new Dictionary<string, Metric> { [MetricCatalog.Accuracy] = Metric.Unavailable("1"), [MetricCatalog.Size] = Metric.Exact(10, "By") },
            })
            .ShouldBe("trial 1 done: size 10 B (uncompressed)");

    private static string? Line(string kind, string body, Func<int, Point?> find) =>
        PlainProgress.Line(new EventRow("id", 1, DateTimeOffset.UnixEpoch, kind, body), find, p => ConfigText.Of(p.Config, Samples.Sweep()));
}
