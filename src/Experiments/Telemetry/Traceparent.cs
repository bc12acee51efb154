using System.Diagnostics;

namespace Grid.Experiments.Telemetry;

/// <summary>A place in a trace as text, as W3C Trace Context has it; how spans are connected through rows, messages and orders.</summary>
public static class Traceparent
{
    /// <summary>Regular expression of one.</summary>
    public const string Pattern = "00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]";

    /// <summary>A place in no trace, for whoever is to go on with none rather than to begin one.</summary>
    public const string Unrecorded = "00-00000000000000000000000000000001-0000000000000001-00";

    /// <summary>Whether the trace of that place is not recorded.</summary>
    public static bool IsUnrecorded(string traceparent) => traceparent.EndsWith("-00", StringComparison.Ordinal);

    /// <summary>The trace's id, 32 hexadecimal digits; null for none.</summary>
    public static string? TraceId(string? traceparent) => Parse(traceparent)?.TraceId.ToHexString();

    /// <summary>Null for none, and for a text that is no such place.</summary>
    public static ActivityContext? Parse(string? traceparent) =>
        ActivityContext.TryParse(traceparent, null, isRemote: true, out var context) ? context : null;
}
