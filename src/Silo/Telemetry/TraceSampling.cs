using System.Globalization;
using Grid.Experiments.Telemetry;
using OpenTelemetry.Trace;

namespace Grid.Silo.Telemetry;

/// <summary>Decides which traces are recorded; whatever belongs to a trace goes with it.</summary>
internal static class TraceSampling
{
    /// <summary>Traces begun in a second, more than anybody looks at.</summary>
    private const int MostTraces = 50;

    /// <param name="variable">Of them OTEL_TRACES_SAMPLER and its argument: all traces, a share of them, or none; as many as are of use unless told.</param>
    /// <returns>The rate is asked before anything is made of a trace, the sampler after; null for no rate.</returns>
    public static (Sampler Sampler, TraceRate? Rate) Of(Func<string, string?> variable) => Asked(variable) is { } asked
        ? (new ParentBasedSampler(asked), null)
        : (new ParentBasedSampler(new AlwaysOnSampler()), new TraceRate(MostTraces, TimeProvider.System));

    private static Sampler? Asked(Func<string, string?> variable) => variable("OTEL_TRACES_SAMPLER") switch
    {
        "always_off" or "parentbased_always_off" => new AlwaysOffSampler(),
        "traceidratio" or "parentbased_traceidratio" => new TraceIdRatioBasedSampler(Share(variable("OTEL_TRACES_SAMPLER_ARG"))),
        "always_on" or "parentbased_always_on" => new AlwaysOnSampler(),
        _ => null,
    };

    private static double Share(string? text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1 ? share : 1;
}
