using System.Collections.Concurrent;
using System.Data.Common;

namespace Grid.Experiments.Store.Relational;

/// <summary>
/// The one writer of a store. A thread of its own takes what is waiting and commits it as one transaction, so that many writers
/// share the cost of one sync. A write's task completes only after its commit.
/// </summary>
internal sealed class CommitQueue : IAsyncDisposable
{
    private const int LargestBatch = 512;

    private readonly BlockingCollection<Write> waiting = [];
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource closing = new();
    private readonly ISqlDialect dialect;
    private SqlSession? session;

    /// <param name="session">Taken over, and replaced by a fresh one when it breaks.</param>
    public CommitQueue(ISqlDialect dialect, SqlSession session)
    {
        this.dialect = dialect;
        this.session = session;
        new Thread(Consume) { IsBackground = true, Name = "grid store writer" }.Start();
    }

    /// <summary>
    /// Runs the operation within a transaction and answers after it was committed. It may run more than once: when another of its batch
    /// fails, the whole batch is rolled back and each is committed alone; and when the store was out of reach, also after a commit
    /// whose answer was lost.
    /// </summary>
    /// <param name="call">Told when it has ended.</param>
    public Task<T> Run<T>(Func<SqlPipeline, Task<T>> operation, StoreCall call)
    {
        var write = new Write<T>(operation, call, dialect.Patience.Begin());
        try
        {
            waiting.Add(write);
        }
        catch (InvalidOperationException)
        {
            throw new StoreException($"{dialect.Place} was closed.");
        }
        return write.Task;
    }

    /// <summary>Commits what is waiting, then closes the connection. A store that is out of reach is not waited for any longer.</summary>
    public async ValueTask DisposeAsync()
    {
        waiting.CompleteAdding();
        await closing.CancelAsync();
        await stopped.Task;
    }

    private void Consume()
    {
        var batch = new List<Write>(LargestBatch);
        while (waiting.TryTake(out var write, Timeout.Infinite))
        {
            do
                batch.Add(write);
            while (batch.Count < LargestBatch && waiting.TryTake(out write));
            Commit(batch);
            batch.Clear();
        }
        session?.Dispose();
        stopped.SetResult();
    }

    private void Commit(List<Write> batch)
    {
        for (var tries = 1; batch.Count > 0; tries++)
            try
            {
                session ??= new SqlSession(dialect.OpenWriter());
                session.Begin();
                Execute(batch, new SqlPipeline(session));
                session.Commit();
                batch.ForEach(write => write.Succeed());
                return;
            }
            catch (DbException e) when (dialect.Explain(e) is StoreUnavailableException unavailable)
            {
                Rollback();
                batch = Patient(batch, unavailable);
                Pause(tries);
            }
            catch (Exception e)
            {
                Rollback();
                if (batch.Count == 1)
                    batch[0].Fail(e is DbException error ? dialect.Explain(error) : e);
                else
                    batch.ForEach(write => Commit([write]));
                return;
            }
    }

    /// <summary>All begin in their order; what each asks for next goes out together with what the others ask for.</summary>
    private static void Execute(List<Write> batch, SqlPipeline pipeline)
    {
        foreach (var write in batch)
            write.Begin(pipeline);
        while (pipeline.Flush())
        {
        }
        foreach (var write in batch)
            write.End();
    }

    /// <summary>Those that are worth another try. The others have waited long enough, or would hold up the end.</summary>
    private List<Write> Patient(List<Write> batch, StoreUnavailableException unavailable)
    {
        var over = batch.ToLookup(write => closing.IsCancellationRequested || dialect.Patience.IsOver(write.Begun));
        foreach (var write in over[true])
            write.Fail(unavailable);
        return [.. over[false]];
    }

    private void Pause(int tries)
    {
        try
        {
            dialect.Patience.Pause(tries, closing.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // Closing: one more try at once.
        }
    }

    private void Rollback()
    {
        try
        {
            session?.Rollback();
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or IOException)
        {
            // The connection is in doubt: the next try begins with a fresh one.
            session?.Dispose();
            session = null;
        }
    }

    private abstract class Write(long begun)
    {
        /// <summary>When it was asked for, as a timestamp of the dialect's <see cref="Retries"/>.</summary>
        public long Begun => begun;

        public abstract void Begin(SqlPipeline pipeline);

        /// <summary>Throws what the operation has thrown.</summary>
        public abstract void End();

        public abstract void Succeed();
        public abstract void Fail(Exception error);
    }

    private sealed class Write<T>(Func<SqlPipeline, Task<T>> operation, StoreCall call, long begun) : Write(begun)
    {
        private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Task<T>? running;
        private T? result;

        public Task<T> Task => completion.Task;

        public override void Begin(SqlPipeline pipeline) => running = operation(pipeline);

        public override void End() => result = running is { IsCompleted: true }
            ? running.GetAwaiter().GetResult()
            : throw new InvalidOperationException("A write waits for something else than its statements.");

        public override void Succeed()
        {
            call.Ended(done: true);
            completion.SetResult(result!);
        }

        public override void Fail(Exception error)
        {
            call.Ended(done: false);
            completion.SetException(error);
        }
    }
}
