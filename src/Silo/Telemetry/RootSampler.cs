using System.Globalization;
using Grid.Experiments.Telemetry;
using OpenTelemetry.Trace;

namespace Grid.Silo.Telemetry;

/// <summary>
/// Decides which traces are recorded: those that Grid begins itself. Orleans begins one for every call outside of a trace, heartbeats and
/// long polls above all, which tell nothing. Whatever belongs to a trace goes with it.
/// </summary>
internal sealed class RootSampler : Sampler
{
    private static readonly HashSet<string> roots =
        [GridTelemetry.Spans.Submit.Name, GridTelemetry.Spans.Lease.Name, GridTelemetry.Spans.Attempt.Name];

    /// <summary>Traces begun in a second, more than anybody looks at.</summary>
    private const int MostTraces = 100;

    private readonly Sampler ours;

    private RootSampler(Sampler ours) => this.ours = ours;

    /// <param name="variable">Of them OTEL_TRACES_SAMPLER and its argument: all traces, a share of them, or none; as many as are of use unless told.</param>
    public static Sampler Create(Func<string, string?> variable) => new ParentBasedSampler(new RootSampler(variable("OTEL_TRACES_SAMPLER") switch
    {
        "always_off" or "parentbased_always_off" => new AlwaysOffSampler(),
        "traceidratio" or "parentbased_traceidratio" => new TraceIdRatioBasedSampler(Share(variable("OTEL_TRACES_SAMPLER_ARG"))),
        "always_on" or "parentbased_always_on" => new AlwaysOnSampler(),
        _ => new RateSampler(MostTraces, TimeProvider.System),
    }));

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        roots.Contains(samplingParameters.Name) ? ours.ShouldSample(samplingParameters) : new SamplingResult(SamplingDecision.Drop);

    private static double Share(string? text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1 ? share : 1;
}
