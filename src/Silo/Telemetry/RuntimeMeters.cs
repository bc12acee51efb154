using System.Diagnostics.Metrics;

namespace Grid.Silo.Telemetry;

/// <summary>What is passed on of the meters that are not Grid's own.</summary>
internal static class RuntimeMeters
{
    public const string Orleans = "Microsoft.Orleans";
    public const string Runtime = "System.Runtime";

    /// <summary>Of nearly two hundred of Orleans, those that tell how well a silo is.</summary>
    public static IReadOnlySet<string> OfOrleans { get; } = new HashSet<string>
    {
        "orleans-app-requests-latency",
        "orleans-app-requests-timedout",
        "orleans-app-requests-canceled",
        "orleans-scheduler-long-running-turns",
        "orleans-messaging-pings-reply-missed",
        "orleans-catalog-activations",
        "orleans-catalog-activation-concurrent-registration-attempts",
        "orleans-gateway-connected-clients",
    };

    public static bool IsOfUse(Instrument instrument) => instrument.Meter.Name != Orleans || OfOrleans.Contains(instrument.Name);
}
