using System.Data.Common;

namespace Grid.Experiments.Store.Relational;

/// <summary>
/// Statements of many writes on their way through one session. Where the database takes several statements in one message, what is asked
/// for waits until <see cref="Flush"/> sends all of it: a hundred writes then cost one round trip each time they all ask for something, not
/// a hundred. Elsewhere every statement is executed at once. Used by one thread, on which what was awaited also continues.
/// </summary>
internal sealed class SqlPipeline(SqlSession session)
{
    private readonly List<SqlCall> waiting = [];

    /// <summary>Answers the number of rows changed.</summary>
    public Task<int> Execute(string statement, params ReadOnlySpan<(string Name, object? Value)> parameters) => session.CanBatch
        ? Enqueue(new SqlExecution(statement, parameters.ToArray()))
        : Task.FromResult(session.Execute(statement, parameters));

    public Task<T?> First<T>(string statement, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        session.CanBatch
            ? Enqueue(new SqlQuery<T?>(statement, parameters.ToArray(), reader => reader.Read() ? read(reader) : default))
            : Task.FromResult(session.First(statement, read, parameters));

    public Task<List<T>> Query<T>(string statement, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        session.CanBatch
            ? Enqueue(new SqlQuery<List<T>>(statement, parameters.ToArray(), reader => SqlSession.Rows(reader, read)))
            : Task.FromResult(session.Query(statement, read, parameters));

    /// <summary>Sends what waits and lets those who asked go on, which may ask for more. False when nothing waited.</summary>
    /// <exception cref="DbException">One of the statements failed: none of those who asked hears an answer.</exception>
    public bool Flush()
    {
        if (waiting.Count == 0)
            return false;
        var calls = waiting.ToArray();
        waiting.Clear();
        session.Execute(calls);
        foreach (var call in calls)
            call.Answer();
        return true;
    }

    private Task<T> Enqueue<T>(SqlCall<T> call)
    {
        waiting.Add(call);
        return call.Task;
    }
}
