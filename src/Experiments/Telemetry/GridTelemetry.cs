namespace Grid.Experiments.Telemetry;

/// <summary>
/// Everything that Grid tells to OpenTelemetry, by its name. Names stand here and nowhere else, and stay as they are: dashboards and alerts of
/// others are built on them. docs/observability.md is held to this class by a test.
/// </summary>
public static partial class GridTelemetry
{
    /// <summary>Of the spans.</summary>
    public const string SourceName = "Grid";

    /// <summary>Of the instruments.</summary>
    public const string MeterName = "Grid";
}
