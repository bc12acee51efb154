using System.Diagnostics;
using Grid.Experiments.Telemetry;
using static Grid.Experiments.Telemetry.GridTelemetry;

namespace Grid.Experiments.Store.Relational;

/// <summary>
/// One call of a store: timed, and seen in the trace that it is part of; nothing of it where nobody looks. It is told of by whoever ends the call anyhow:
/// to wait for it a second time would have every call change threads once more.
/// </summary>
/// <param name="operation">A member of <see cref="IExperimentStore"/>.</param>
/// <param name="meter">Null where nobody looks.</param>
internal readonly struct StoreCall(string operation, GridMeter? meter)
{
    private readonly long begun = meter is null ? 0 : Stopwatch.GetTimestamp();

    public void Ended(bool done) => meter?.StoreCalled(operation, Stopwatch.GetElapsedTime(begun), done);

    /// <summary>The same as <paramref name="running"/>, with a span around what is left of it where the caller is in a recorded trace.</summary>
    public Task<T> Traced<T>(Task<T> running) => meter is not null && Tracing.InTrace ? Traced(operation, running) : running;

    private static async Task<T> Traced<T>(string operation, Task<T> running)
    {
        using var span = Tracing.Part(Spans.Store)?.With(Attributes.StoreOperation, operation);
        try
        {
            return await running.ConfigureAwait(false);
        }
        catch (StoreException e)
        {
            span?.SetStatus(ActivityStatusCode.Error, e.Message);
            throw;
        }
    }
}
