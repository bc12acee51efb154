using Grid.Experiments.Store;

namespace Grid.Grains;

/// <summary>Repeats calls whose failure says nothing of what was asked: a silo died or a store was away. Every call of a grain is safe to repeat.</summary>
public sealed class Patience(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Whether the same may succeed later. A time-out is an unknown outcome, not a failure.</summary>
    public static bool IsPassing(Exception error) => error is TimeoutException or StoreUnavailableException or OrleansException;

    /// <summary>Calls until there is an answer, or an error that would come again.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits any more.</exception>
    public Task Try(Func<Task> call, CancellationToken stop) => Try(
        async () =>
        {
            await call();
            return true;
        },
        stop);

    /// <inheritdoc cref="Try(Func{Task}, CancellationToken)"/>
    public async Task<T> Try<T>(Func<Task<T>> call, CancellationToken stop)
    {
        for (var rest = First; ; rest = rest * 2 < Longest ? rest * 2 : Longest)
            try
            {
                // A call to a silo that is leaving may hang until it times out: who stops does not wait for that.
                return await call().WaitAsync(stop);
            }
            catch (Exception e) when (IsPassing(e))
            {
                await Task.Delay(rest, time, stop);
            }
    }
}
