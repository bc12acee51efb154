using Grid.Client.Reading;
using Grid.Experiments.Analysis;
using Grid.Grains.Contracts;

namespace Grid.Client.Tests.Reading;

public sealed class TrialClockTests
{
    private readonly TrialClock clock = new();
    private long sequence;

    private void At(double minute, string kind, int? trial = null) =>
        clock.Add(new("id", ++sequence, DateTimeOffset.UnixEpoch.AddMinutes(minute), kind, trial is null ? "{}" : $$"""{"trial":{{trial}}}"""));

    [Fact]
    public void Time_in_which_the_sweep_did_not_run_is_left_out()
    {
        At(0, EventKinds.Started);
        At(1, EventKinds.TrialSucceeded, 0);
        At(2, EventKinds.Ended);
        At(60, EventKinds.Started);
        At(61, EventKinds.TrialFailed, 1);
        At(63, EventKinds.TrialSucceeded, 2);

        clock.Ends.ShouldBe([new TrialEnd(0, 60), new TrialEnd(2, 300)]);
        clock.Seen.ShouldBe(6);
    }

    [Fact]
    public void A_clock_that_goes_back_takes_no_time_away()
    {
        At(10, EventKinds.Started);
        At(11, EventKinds.TrialSucceeded, 0);
        At(5, EventKinds.TrialSucceeded, 1);
        At(6, EventKinds.TrialSucceeded, 2);

        clock.Ends.Select(e => e.Seconds).ShouldBe([60, 60, 120]);
    }
}
