namespace Grid.Silo.Slots;

/// <summary>Whether this silo begins nothing more: somebody wants it empty, to stop or to mend it.</summary>
public sealed class DrainSwitch
{
    private readonly Lock gate = new();
    private TaskCompletionSource? off;

    public bool IsOn
    {
        get
        {
            lock (gate)
                return off is not null;
        }
    }

    public void Set(bool on)
    {
        lock (gate)
            if (on)
                off ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            else
            {
                off?.SetResult();
                off = null;
            }
    }

    /// <exception cref="OperationCanceledException">Nobody waits any more.</exception>
    public Task WaitUntilOff(CancellationToken cancellation)
    {
        lock (gate)
            return off?.Task.WaitAsync(cancellation) ?? Task.CompletedTask;
    }
}
