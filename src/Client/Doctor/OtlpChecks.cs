namespace Grid.Client.Doctor;

/// <summary>Whether somebody listens where the variables of OpenTelemetry send traces and metrics.</summary>
internal static class OtlpChecks
{
    private static readonly string[] variables = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    /// <summary>None where no variable is set.</summary>
    public static async Task<IReadOnlyList<Check>> Of(IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        var checks = new List<Check>();
        foreach (var variable in variables)
            if (environment.GetValueOrDefault(variable) is { Length: > 0 } endpoint)
                checks.Add(await Of(variable, endpoint, cancellation));
        return checks;
    }

    private static async Task<Check> Of(string variable, string endpoint, CancellationToken cancellation)
    {
        const string name = "telemetry";
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Host.Length == 0)
            return Check.Warning(name, $"{variable} is no address", "It looks like http://127.0.0.1:4317. Nothing is sent meanwhile.");
        return await Reach.Problem(address.Host, address.Port, cancellation) is { } why
            ? Check.Warning(name, $"nobody at {address.Host}:{address.Port}, where {variable} points: {why}", "Start the collector, correct the address, or take the variable away. Sweeps run all the same.")
            : Check.Ok(name, $"{address.Host}:{address.Port} answers, where {variable} points");
    }
}
