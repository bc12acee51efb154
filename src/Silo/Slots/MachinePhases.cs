namespace Grid.Silo.Slots;

/// <summary>
/// Computing and measuring in turn: any number compute together, one measures alone. While a measurement waits, computing goes on for a
/// while, so that measurements gather and the machine is not emptied for each of them; then nothing new begins until they are done.
/// </summary>
internal sealed class MachinePhases(TimeSpan computingPhase, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Queue<TaskCompletionSource<IDisposable>> computersWaiting = [];
    private TaskCompletionSource<IDisposable>? measurerWaiting;
    private long phaseBegan = time.GetTimestamp();
    private int computing;
    private bool measuring;

    /// <summary>Whether computing waits for a measurement to end.</summary>
    public bool ComputersWait
    {
        get
        {
            lock (gate)
                return computersWaiting.Count > 0;
        }
    }

    /// <summary>Begins to compute; dispose of the answer at the end.</summary>
    public async Task<IDisposable> Compute(CancellationToken cancellation)
    {
        TaskCompletionSource<IDisposable> turn;
        lock (gate)
        {
            if (!measuring && !MustEmpty)
                return BeginComputing();
            computersWaiting.Enqueue(turn = NewTurn());
        }
        return await Await(turn, cancellation);
    }

    /// <summary>Has the machine for itself; dispose of the answer at the end. For one caller at a time.</summary>
    public async Task<IDisposable> Measure(CancellationToken cancellation)
    {
        TaskCompletionSource<IDisposable> turn;
        lock (gate)
        {
            if (computing == 0)
                return BeginMeasuring();
            measurerWaiting = turn = NewTurn();
        }
        return await Await(turn, cancellation);
    }

    private bool MustEmpty => measurerWaiting is not null && computing > 0 && time.GetElapsedTime(phaseBegan) >= computingPhase;

    private Turn BeginComputing()
    {
        computing++;
        return new Turn(EndComputing);
    }

    private Turn BeginMeasuring()
    {
        measuring = true;
        return new Turn(EndMeasuring);
    }

    private void EndComputing()
    {
        lock (gate)
        {
            if (--computing > 0 || measurerWaiting is not { } measurer)
                return;
            measurerWaiting = null;
            var turn = BeginMeasuring();
            if (!measurer.TrySetResult(turn))
                turn.Dispose();
        }
    }

    private void EndMeasuring()
    {
        lock (gate)
        {
            measuring = false;
            phaseBegan = time.GetTimestamp();
            while (computersWaiting.TryDequeue(out var computer))
            {
                var turn = BeginComputing();
                if (!computer.TrySetResult(turn))
                    turn.Dispose();
            }
        }
    }

    private static async Task<IDisposable> Await(TaskCompletionSource<IDisposable> turn, CancellationToken cancellation)
    {
        await using var registration = cancellation.Register(() => turn.TrySetCanceled(cancellation));
        return await turn.Task;
    }

    private static TaskCompletionSource<IDisposable> NewTurn() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Turn(Action end) : IDisposable
    {
        public void Dispose() => Interlocked.Exchange(ref end!, null)?.Invoke();
    }
}
