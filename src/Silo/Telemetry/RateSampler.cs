using OpenTelemetry.Trace;

namespace Grid.Silo.Telemetry;

/// <summary>
/// Every trace, but only so many in a second. Stages that take no time end by the thousand: nobody looks at each, and telling of each would hold
/// them up.
/// </summary>
internal sealed class RateSampler(int most, TimeProvider time) : Sampler
{
    private static readonly TimeSpan window = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private long began = time.GetTimestamp();
    private int recorded;

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        lock (gate)
        {
            if (time.GetElapsedTime(began) >= window)
                (began, recorded) = (time.GetTimestamp(), 0);
            return new SamplingResult(recorded++ < most ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
        }
    }
}
