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
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    private DbCommand Bind(string statement, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!commands.TryGetValue(statement, out var command))
            commands.Add(statement, command = Prepare(statement, parameters));
        for (var i = 0; i < parameters.Length; i++)
            command.Parameters[i].Value = parameters[i].Value is string text ? Storable(text) : parameters[i].Value ?? DBNull.Value;
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
