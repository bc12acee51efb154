using System.Data.Common;

namespace Grid.Experiments.Store.Relational;

/// <summary>A statement that is sent together with others, see <see cref="SqlPipeline"/>.</summary>
internal abstract class SqlCall(string statement, (string Name, object? Value)[] parameters)
{
    public string Statement => statement;

    public (string Name, object? Value)[] Parameters => parameters;

    /// <summary>Whether it answers rows, be it none.</summary>
    public abstract bool HasRows { get; }

    /// <summary>Takes the rows it answered.</summary>
    public abstract void Read(DbDataReader reader);

    /// <summary>Takes the number of rows it changed.</summary>
    public abstract void Changed(int rows);

    /// <summary>Whoever asked goes on, within this call.</summary>
    public abstract void Answer();
}

internal abstract class SqlCall<T>(string statement, (string Name, object? Value)[] parameters) : SqlCall(statement, parameters)
{
    private readonly TaskCompletionSource<T> completion = new();

    public Task<T> Task => completion.Task;

    protected T Result { get; set; } = default!;

    public override void Answer() => completion.SetResult(Result);
}

internal sealed class SqlExecution(string statement, (string Name, object? Value)[] parameters) : SqlCall<int>(statement, parameters)
{
    public override bool HasRows => false;

    public override void Read(DbDataReader reader) => throw new NotSupportedException();

    public override void Changed(int rows) => Result = rows;
}

internal sealed class SqlQuery<T>(string statement, (string Name, object? Value)[] parameters, Func<DbDataReader, T> read)
    : SqlCall<T>(statement, parameters)
{
    public override bool HasRows => true;

    public override void Read(DbDataReader reader) => Result = read(reader);

    public override void Changed(int rows)
    {
    }
}
