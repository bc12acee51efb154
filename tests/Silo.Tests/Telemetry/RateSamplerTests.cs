using Grid.Silo.Telemetry;
using Microsoft.Extensions.Time.Testing;
using OpenTelemetry.Trace;

namespace Grid.Silo.Tests.Telemetry;

public sealed class RateSamplerTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void Of_many_traces_in_a_second_the_first_are_recorded()
    {
        var sampler = new RateSampler(3, time);

        Recorded(sampler, 10).ShouldBe(3);
        time.Advance(TimeSpan.FromMilliseconds(999));
        Recorded(sampler, 10).ShouldBe(0);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Recorded(sampler, 2).ShouldBe(2);
    }

    private static int Recorded(Sampler sampler, int traces) =>
        Enumerable.Range(0, traces).Count(_ => sampler.ShouldSample(default).Decision == SamplingDecision.RecordAndSample);
}
