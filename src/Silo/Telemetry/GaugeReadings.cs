using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Grid.Silo.Telemetry;

/// <summary>What the gauges of a process are read by. Thread-safe.</summary>
internal sealed class GaugeReadings(TimeProvider time)
{
    /// <summary>How long somebody who looks waits: whoever scrapes is not to be held up.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(1);

    private readonly ConcurrentBag<GaugeReading> all = [];

    /// <inheritdoc cref="GaugeReading"/>
    public GaugeReading Add(Func<CancellationToken, Task> read, Action forget, ILogger logger)
    {
        var reading = new GaugeReading(read, forget, patience, time, logger);
        all.Add(reading);
        return reading;
    }

    /// <summary>Looks at all at once, before an exporter does that must not wait.</summary>
    public Task Look() => Task.WhenAny(Task.WhenAll(all.Select(reading => reading.Begin())), Task.Delay(patience, time));
}
