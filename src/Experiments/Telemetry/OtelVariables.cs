namespace Grid.Experiments.Telemetry;

/// <summary>
/// The standard variables of OpenTelemetry that turn exporting on. Whereto and how the exporter itself reads. Without any, nothing of
/// OpenTelemetry is even loaded.
/// </summary>
public static class OtelVariables
{
    /// <summary>What all names begin with.</summary>
    public const string Prefix = "OTEL_";

    /// <summary>Overrides a process's own name; not handed on to runners, which have another.</summary>
    public const string ServiceName = "OTEL_SERVICE_NAME";

    /// <param name="variable">Value of a variable of the environment.</param>
    public static bool ExportTraces(Func<string, string?> variable) => Export("TRACES", variable);

    /// <inheritdoc cref="ExportTraces"/>
    public static bool ExportMetrics(Func<string, string?> variable) => Export("METRICS", variable);

    private static bool Export(string signal, Func<string, string?> variable) =>
        (variable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 } || variable($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT") is { Length: > 0 })
        && !string.Equals(variable("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)
        && variable($"OTEL_{signal}_EXPORTER") != "none";
}
