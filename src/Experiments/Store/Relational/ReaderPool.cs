using System.Collections.Concurrent;
using System.Data.Common;

namespace Grid.Experiments.Store.Relational;

/// <summary>Reads on connections of their own, on the thread pool: they see every committed write and never wait for the writer.</summary>
internal sealed class ReaderPool(ISqlDialect dialect) : IDisposable
{
    private readonly ConcurrentBag<SqlSession> idle = [];
    private readonly SemaphoreSlim places = new(dialect.MostReaders);
    private bool disposed;

    /// <param name="call">Told when it has ended.</param>
    public Task<T> Run<T>(Func<SqlSession, T> read, StoreCall call) => Task.Run(async () =>
    {
        var done = false;
        try
        {
            var answer = await Patiently(read);
            done = true;
            return answer;
        }
        finally
        {
            call.Ended(done);
        }
    });

    private async Task<T> Patiently<T>(Func<SqlSession, T> read)
    {
        var begun = dialect.Patience.Begin();
        for (var tries = 1; ; tries++)
        {
            await places.WaitAsync();
            try
            {
                return Read(read);
            }
            catch (DbException e)
            {
                var error = dialect.Explain(e);
                if (error is not StoreUnavailableException || dialect.Patience.IsOver(begun))
                    throw error;
                // What broke one connection has most likely broken the others.
                DropIdle();
            }
            finally
            {
                places.Release();
            }
            await dialect.Patience.Pause(tries);
        }
    }

    private T Read<T>(Func<SqlSession, T> read)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref disposed), this);
        SqlSession? session = null;
        try
        {
            session = idle.TryTake(out var used) ? used : new SqlSession(dialect.OpenReader());
            var result = read(session);
            Return(session);
            return result;
        }
        catch (DbException)
        {
            session?.Dispose();
            throw;
        }
    }

    private void Return(SqlSession session)
    {
        idle.Add(session);
        if (Volatile.Read(ref disposed))
            DropIdle();
    }

    private void DropIdle()
    {
        while (idle.TryTake(out var session))
            session.Dispose();
    }

    public void Dispose()
    {
        Volatile.Write(ref disposed, true);
        DropIdle();
    }
}
