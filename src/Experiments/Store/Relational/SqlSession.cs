using System.Data.Common;
using System.Text;

namespace Grid.Experiments.Store.Relational;

/// <summary>A connection with its prepared commands. Used by one thread at a time.</summary>
internal sealed class SqlSession(DbConnection connection) : IDisposable
{
    private readonly Dictionary<string, DbCommand> commands = [];
    private DbTransaction? transaction;

    public void Begin() => transaction = connection.BeginTransaction();

    public void Commit()
    {
        transaction!.Commit();
        End();
    }

    public void Rollback()
    {
        transaction?.Rollback();
        End();
    }

    private void End()
    {
        transaction?.Dispose();
        transaction = null;
    }

    /// <summary>Executes a text that may hold several statements and is not worth preparing.</summary>
    public void ExecuteScript(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }

    /// <summary>Answers the number of rows changed.</summary>
    public int Execute(string statement, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Bind(statement, parameters).ExecuteNonQuery();

    public T? First<T>(string statement, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var reader = Bind(statement, parameters).ExecuteReader();
        return reader.Read() ? read(reader) : default;
    }

    public List<T> Query<T>(string statement, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var reader = Bind(statement, parameters).ExecuteReader();
        return Rows(reader, read);
    }

    /// <summary>Whether the database takes several statements in one message.</summary>
    public bool CanBatch => connection.CanCreateBatch;

    /// <summary>Executes statements in their order, in one round trip, and hands each what it answered.</summary>
    public void Execute(IReadOnlyList<SqlCall> calls)
    {
        using var batch = connection.CreateBatch();
        batch.Transaction = transaction;
        foreach (var call in calls)
            batch.BatchCommands.Add(Command(batch, call));
        using (var reader = batch.ExecuteReader())
            foreach (var call in calls.Where(c => c.HasRows))
            {
                call.Read(reader);
                reader.NextResult();
            }
        for (var i = 0; i < calls.Count; i++)
            calls[i].Changed(batch.BatchCommands[i].RecordsAffected);
    }

    public static List<T> Rows<T>(DbDataReader reader, Func<DbDataReader, T> read)
    {
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    private static DbBatchCommand Command(DbBatch batch, SqlCall call)
    {
        var command = batch.CreateBatchCommand();
        command.CommandText = SqlStatements.Text(call.Statement);
        foreach (var (name, value) in call.Parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@" + name;
            parameter.Value = Value(value);
            command.Parameters.Add(parameter);
        }
        return command;
    }

    private static object Value(object? value) => value is string text ? Storable(text) : value ?? DBNull.Value;

    private DbCommand Bind(string statement, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!commands.TryGetValue(statement, out var command))
            commands.Add(statement, command = Prepare(statement, parameters));
        for (var i = 0; i < parameters.Length; i++)
            command.Parameters[i].Value = Value(parameters[i].Value);
        command.Transaction = transaction;
        return command;
    }

    /// <summary>
    /// A text that every database takes: what a dying program wrote last may hold zeros or halves of characters, and must not be what
    /// keeps its end from being recorded.
    /// </summary>
    private static string Storable(string text)
    {
        if (!text.Contains('\0') && text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
            return text;
        var storable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            storable.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        return storable.ToString();
    }

    private DbCommand Prepare(string statement, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = SqlStatements.Text(statement);
        foreach (var (name, _) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@" + name;
            command.Parameters.Add(parameter);
        }
        return command;
    }

    public void Dispose()
    {
        transaction?.Dispose();
        foreach (var command in commands.Values)
            command.Dispose();
        connection.Dispose();
    }
}
