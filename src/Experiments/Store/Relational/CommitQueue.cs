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
    /// Runs the operation within a transaction and answers after it was committed. It may run twice: when another of its batch
    /// fails, the whole batch is rolled back and each is committed alone.
    /// </summary>
    public Task<T> Run<T>(Func<SqlSession, T> operation)
    {
        var write = new Write<T>(operation);
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

    /// <summary>Commits what is waiting, then closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        waiting.CompleteAdding();
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
        try
        {
            session ??= new SqlSession(dialect.OpenWriter());
            session.Begin();
            foreach (var write in batch)
                write.Execute(session);
            session.Commit();
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
        batch.ForEach(write => write.Succeed());
    }

    private void Rollback()
    {
        try
        {
            session?.Rollback();
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            // The connection is in doubt: the next write begins with a fresh one.
            session?.Dispose();
            session = null;
        }
    }

    private abstract class Write
    {
        public abstract void Execute(SqlSession session);
        public abstract void Succeed();
        public abstract void Fail(Exception error);
    }

    private sealed class Write<T>(Func<SqlSession, T> operation) : Write
    {
        private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;

        public Task<T> Task => completion.Task;

        public override void Execute(SqlSession session) => result = operation(session);
        public override void Succeed() => completion.SetResult(result!);
        public override void Fail(Exception error) => completion.SetException(error);
    }
}
