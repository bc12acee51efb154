using Grid.Experiments.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace Grid.Experiments.Tests.Telemetry;

public sealed class TraceRateTests
{
    [Fact]
    public void Of_many_traces_in_a_second_the_first_are_recorded()
    {
        var time = new FakeTimeProvider();
        var rate = new TraceRate(3, time);

        Begun(rate, 10).ShouldBe(3);
        time.Advance(TimeSpan.FromMilliseconds(999));
        Begun(rate, 10).ShouldBe(0);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Begun(rate, 2).ShouldBe(2);
    }

    private static int Begun(TraceRate rate, int traces) => Enumerable.Range(0, traces).Count(_ => rate.Take());
}
