using System.Net;
using Grid.Experiments.Telemetry;

namespace Grid.Silo.Telemetry;

/// <summary>What a process tells of itself, and whereto.</summary>
/// <param name="Traces">Exported by OTLP, as the variables of OpenTelemetry say.</param>
/// <param name="Metrics">Likewise.</param>
/// <param name="Prometheus">Where metrics are served to be scraped; null for nowhere.</param>
public sealed record TelemetrySettings(bool Traces = false, bool Metrics = false, IPEndPoint? Prometheus = null)
{
    public static TelemetrySettings None { get; } = new();

    /// <summary>Whether anybody sees what is counted.</summary>
    public bool AnyMetrics => Metrics || Prometheus is not null;

    /// <param name="variable">Value of a variable of the environment.</param>
    public static TelemetrySettings Read(Func<string, string?> variable, IPEndPoint? prometheus = null) =>
        new(OtelVariables.ExportTraces(variable), OtelVariables.ExportMetrics(variable), prometheus);
}
