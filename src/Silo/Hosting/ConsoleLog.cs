using Microsoft.Extensions.Logging;

namespace Grid.Silo.Hosting;

/// <summary>The log of a silo of a cluster: lines on standard output, for whatever collects them.</summary>
internal static class ConsoleLog
{
    public static void AddConsoleLog(this ILoggingBuilder logging) => logging
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        })
        .SetMinimumLevel(LogLevel.Information)
        .AddFilter("Orleans", LogLevel.Warning)
        .AddFilter("Microsoft", LogLevel.Warning)
        // Both tell of each call that nobody could answer yet, which is repeated, and whose caller tells of it in a line.
        .AddFilter("Polly", LogLevel.None)
        .AddFilter("Orleans.Messaging", LogLevel.Critical)
        // It advises a garbage collector that takes more memory than a silo needs.
        .AddFilter("Orleans.Runtime.Silo", LogLevel.Error)
        .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
}
