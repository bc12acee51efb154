using System.Diagnostics;
using Grid.Silo.Telemetry;
using OpenTelemetry.Trace;

namespace Grid.Silo.Tests.Telemetry;

public sealed class TraceSamplingTests
{
    [Theory]
    [InlineData(null, null, true, true)]
    [InlineData("whatever", null, true, true)]
    [InlineData("always_on", null, false, true)]
    [InlineData("parentbased_always_on", null, false, true)]
    [InlineData("always_off", null, false, false)]
    [InlineData("traceidratio", "0", false, false)]
    [InlineData("parentbased_traceidratio", "1", false, true)]
    [InlineData("traceidratio", "many", false, true)]
    public void Only_who_asks_for_nothing_gets_no_more_than_somebody_can_look_at(string? sampler, string? argument, bool limited, bool recorded)
    {
        var (found, rate) = TraceSampling.Of(name => name switch { "OTEL_TRACES_SAMPLER" => sampler, "OTEL_TRACES_SAMPLER_ARG" => argument, _ => null });

        (rate is not null).ShouldBe(limited);
        found.ShouldSample(new SamplingParameters(default, ActivityTraceId.CreateRandom(), "a", ActivityKind.Internal)).Decision
            .ShouldBe(recorded ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
    }
}
