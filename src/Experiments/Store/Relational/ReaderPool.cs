using System.Collections.Concurrent;
using System.Data.Common;

namespace Grid.Experiments.Store.Relational;

/// <summary>Reads on connections of their own, on the thread pool: they see every committed write and never wait for the writer.</summary>
internal sealed class ReaderPool(ISqlDialect dialect) : IDisposable
{
    private readonly ConcurrentBag<SqlSession> idle = [];
    private bool disposed;

    public Task<T> Run<T>(Func<SqlSession, T> read) => Task.Run(() =>
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
        catch (DbException e)
        {
            session?.Dispose();
            throw dialect.Explain(e);
        }
    });

    private void Return(SqlSession session)
    {
        idle.Add(session);
        if (Volatile.Read(ref disposed))
            Dispose();
    }

    public void Dispose()
    {
        Volatile.Write(ref disposed, true);
        while (idle.TryTake(out var session))
            session.Dispose();
    }
}
