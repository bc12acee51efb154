using System.Buffers;
using System.Data;
using System.Data.Common;
using System.Security.Cryptography;
using Grid.Experiments.Store.Relational;
using Npgsql;

namespace Grid.Experiments.Store.Postgres;

/// <summary>
/// Models in the database of the experiments: one place to back up, and nothing else to set up. Each is written in one transaction, so it
/// is there whole or not at all, and streamed both ways. What a broken connection interrupts is done again.
/// </summary>
internal sealed class PostgresArtifacts(PostgresDatabase database, PostgresSettings settings)
{
    private const int ChunkSize = 1 << 20;

    /// <summary>Far less than the age from which what nobody refers to is removed.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly Retries patience = new(settings.Patience, settings.Time);

    /// <summary>Whether there is one of that name; what is in it is not looked at.</summary>
    public Task<bool> Has(string sha256) => Try(async connection =>
    {
        await using var command = Command(connection, "select 1 from artifact where sha256 = @sha256", sha256);
        return await command.ExecuteScalarAsync() is not null;
    });

    /// <summary>Adds the file unless it is there; one that is there and damaged is replaced.</summary>
    /// <param name="sha256">Of the file.</param>
    public Task Put(string sha256, string path) => Try(async connection =>
    {
        // Several may make the same at once: where it has just been put, its row is left alone, for which they would wait in turn.
        if (await Content(connection, sha256, Stream.Null, putWithin: Fresh) == sha256)
            return false;
        await using var transaction = await connection.BeginTransactionAsync();
        await using var file = File.OpenRead(path);
        if (!await Insert(connection, sha256, file.Length))
        {
            if (await Content(connection, sha256, Stream.Null) == sha256)
            {
                await Touch(connection, sha256);
                await transaction.CommitAsync();
                return false;
            }
            await Delete(connection, sha256);
            await Insert(connection, sha256, file.Length);
        }
        await Upload(connection, sha256, file);
        await transaction.CommitAsync();
        return true;
    });

    /// <summary>Writes the artifact to a file, in place of what is there.</summary>
    /// <returns>The SHA-256 of what was written, another than asked when it is damaged; null when there is none.</returns>
    public Task<string?> Get(string sha256, string path) => Try(async connection =>
    {
        await using var file = File.Create(path);
        return await Content(connection, sha256, file);
    });

    /// <summary>Deletes the artifact if its content is not that of its name.</summary>
    /// <returns>True when it was missing or damaged.</returns>
    public Task<bool> Quarantine(string sha256) => Try(async connection =>
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var command = Command(connection, "select 1 from artifact where sha256 = @sha256 for update", sha256))
            if (await command.ExecuteScalarAsync() is null)
                return true;
        if (await Content(connection, sha256, Stream.Null) == sha256)
            return false;
        await Delete(connection, sha256);
        await transaction.CommitAsync();
        return true;
    });

    /// <summary>Deletes the artifact; does nothing when it is not there, or was put there more recently than that.</summary>
    public Task Remove(string sha256, TimeSpan leastAge) => Try(async connection =>
    {
        await using var command = Command(
            connection, "delete from artifact where sha256 = @sha256 and added_at <= grid_now() - @age", sha256, ("age", (long)leastAge.TotalMilliseconds));
        return await command.ExecuteNonQueryAsync();
    });

    public Task<IReadOnlyList<StoredArtifact>> List() => Try<IReadOnlyList<StoredArtifact>>(async connection =>
    {
        await using var command = new NpgsqlCommand("select sha256, size, greatest(grid_now() - added_at, 0) from artifact", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var all = new List<StoredArtifact>();
        while (await reader.ReadAsync())
            all.Add(new StoredArtifact(reader.GetString(0), reader.GetInt64(1), TimeSpan.FromMilliseconds(reader.GetInt64(2))));
        return all;
    });

    private static async Task<bool> Insert(NpgsqlConnection connection, string sha256, long size)
    {
        await using var command = Command(
            connection, "insert into artifact (sha256, size) values (@sha256, @size) on conflict do nothing", sha256, ("size", size));
        return await command.ExecuteNonQueryAsync() == 1;
    }

    private static async Task Touch(NpgsqlConnection connection, string sha256)
    {
        await using var command = Command(connection, "update artifact set added_at = grid_now() where sha256 = @sha256", sha256);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task Delete(NpgsqlConnection connection, string sha256)
    {
        await using var command = Command(connection, "delete from artifact where sha256 = @sha256", sha256);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task Upload(NpgsqlConnection connection, string sha256, FileStream file)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            for (var number = 0; await file.ReadAtLeastAsync(buffer.AsMemory(0, ChunkSize), ChunkSize, throwOnEndOfStream: false) is > 0 and var read; number++)
            {
                await using var command = Command(
                    connection, "insert into artifact_chunk (sha256, number, bytes) values (@sha256, @number, @bytes)", sha256,
                    ("number", number), ("bytes", buffer.AsMemory(0, read)));
                await command.ExecuteNonQueryAsync();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Copies what is stored, and answers its SHA-256; null when nothing is, or nothing that was put lately.</summary>
    private static async Task<string?> Content(NpgsqlConnection connection, string sha256, Stream target, TimeSpan? putWithin = null)
    {
        await using var command = Command(
            connection,
            "select bytes from artifact left join artifact_chunk using (sha256) where sha256 = @sha256 and added_at > grid_now() - @age order by number",
            sha256, ("age", (long)(putWithin ?? TimeSpan.FromDays(365_000)).TotalMilliseconds));
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess);
        if (!reader.HasRows)
            return null;
        using var hash = SHA256.Create();
        await using var hashed = new CryptoStream(target, hash, CryptoStreamMode.Write, leaveOpen: true);
        while (await reader.ReadAsync())
            // An empty file has no piece.
            if (!await reader.IsDBNullAsync(0))
                await (await reader.GetStreamAsync(0)).CopyToAsync(hashed);
        await hashed.FlushFinalBlockAsync();
        return Convert.ToHexStringLower(hash.Hash!);
    }

    private static NpgsqlCommand Command(
        NpgsqlConnection connection, string sql, string sha256, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddWithValue("sha256", sha256);
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        return command;
    }

    private async Task<T> Try<T>(Func<NpgsqlConnection, Task<T>> action)
    {
        var begun = patience.Begin();
        for (var tries = 1; ; tries++)
        {
            try
            {
                await using var connection = await database.OpenPooled();
                return await action(connection);
            }
            catch (DbException e)
            {
                var error = PostgresErrors.Explain(database.Place, e);
                if (error is not StoreUnavailableException || patience.IsOver(begun))
                    throw error;
            }
            await patience.Pause(tries);
        }
    }
}
