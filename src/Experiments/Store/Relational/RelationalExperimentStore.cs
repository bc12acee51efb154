using System.Data.Common;
using System.Runtime.CompilerServices;
using Grid.Experiments.Telemetry;

namespace Grid.Experiments.Store.Relational;

/// <summary>The store over any relational database that has a dialect: experiments and events here, trials and stages beside.</summary>
internal sealed partial class RelationalExperimentStore : IExperimentStore
{
    private readonly ISqlDialect dialect;
    private readonly ReaderPool readers;
    private readonly CommitQueue? writer;
    private volatile GridMeter? meter;

    private RelationalExperimentStore(ISqlDialect dialect, SqlSession? writer)
    {
        this.dialect = dialect;
        readers = new ReaderPool(dialect);
        this.writer = writer is null ? null : new CommitQueue(dialect, writer);
    }

    /// <summary>Opens for reading and writing, and brings the schema up to date.</summary>
    public static RelationalExperimentStore Open(ISqlDialect dialect) =>
        new(dialect, Begin(dialect, dialect.OpenWriter, SqlSchema.Migrate));

    /// <summary>Opens for reading and writing a store that must be there.</summary>
    public static RelationalExperimentStore OpenExisting(ISqlDialect dialect) =>
        new(dialect, Begin(dialect, dialect.OpenWriter, SqlSchema.Check));

    /// <summary>Opens a store that must be there; every write is refused.</summary>
    public static RelationalExperimentStore OpenReadOnly(ISqlDialect dialect)
    {
        Begin(dialect, dialect.OpenReader, SqlSchema.Check).Dispose();
        return new RelationalExperimentStore(dialect, null);
    }

    private static SqlSession Begin(ISqlDialect dialect, Func<DbConnection> open, Action<SqlSession, ISqlDialect> prepare)
    {
        var begun = dialect.OpeningPatience.Begin();
        for (var tries = 1; ; tries++)
        {
            SqlSession? session = null;
            try
            {
                session = new SqlSession(open());
                prepare(session, dialect);
                return session;
            }
            catch (Exception e)
            {
                session?.Dispose();
                if (e is not DbException error)
                    throw;
                var explained = dialect.Explain(error);
                if (explained is not StoreUnavailableException || dialect.OpeningPatience.IsOver(begun))
                    throw explained;
            }
            dialect.OpeningPatience.Pause(tries).GetAwaiter().GetResult();
        }
    }

    public void TimeCalls(GridMeter meter) => this.meter = meter;

    public Task<ExperimentRow> AddExperiment(ExperimentRow row) => Write(async session =>
    {
        await session.Execute(
            "add-experiment",
            ("id", row.Id), ("name", row.Name), ("sweep", row.Sweep), ("status", Names<ExperimentStatus>.Of(row.Status)),
            ("cancelRequested", row.CancelRequested ? 1 : 0), ("createdAt", SqlRows.Time(row.CreatedAt)),
            ("finishedAt", row.FinishedAt is { } at ? SqlRows.Time(at) : null),
            ("priority", row.Share.Priority), ("mostSlots", row.Share.MostSlots));
        return (await FindExperiment(session, row.Id))!;
    });

    public Task<ExperimentRow?> FindExperiment(string id) =>
        Read(session => session.First("find-experiment", SqlRows.Experiment, ("id", id)));

    public Task<IReadOnlyList<ExperimentRow>> ListExperiments() =>
        Read<IReadOnlyList<ExperimentRow>>(session => session.Query("list-experiments", SqlRows.Experiment));

    public Task<IReadOnlyList<ExperimentRow>> ListExperiments(ExperimentStatus status) => Read<IReadOnlyList<ExperimentRow>>(session =>
        session.Query("list-experiments-in", SqlRows.Experiment, ("status", Names<ExperimentStatus>.Of(status))));

    public Task<IReadOnlyList<ExperimentCount>> CountExperiments() =>
        Read<IReadOnlyList<ExperimentCount>>(session => session.Query("count-experiments", SqlRows.ExperimentCount));

    public Task SetStatus(string experiment, ExperimentStatus status, DateTimeOffset? finishedAt, string? trace = null) => Write(async session => Known(
        experiment,
        await session.Execute(
            "set-status",
            ("status", Names<ExperimentStatus>.Of(status)), ("finishedAt", finishedAt is { } at ? SqlRows.Time(at) : null), ("trace", trace),
            ("id", experiment))));

    public Task RequestCancel(string experiment) =>
        Write(async session => Known(experiment, await session.Execute("request-cancel", ("id", experiment))));

    public Task ExtendExperiment(string experiment, string sweep) => Write(async session =>
        (await FindExperiment(session, experiment))?.Status == ExperimentStatus.Running
            ? throw new StoreException($"{dialect.Place}: {experiment} runs. Pause it, then extend it.")
            : Known(experiment, await session.Execute("extend-experiment", ("sweep", sweep), ("id", experiment))));

    public Task RequestPause(string experiment, bool pause) =>
        Write(async session => Known(experiment, await session.Execute("request-pause", ("pause", pause ? 1 : 0), ("id", experiment))));

    public Task SetPriority(string experiment, int priority) =>
        Write(async session => Known(experiment, await session.Execute("set-priority", ("priority", priority), ("id", experiment))));

    public Task SetMostSlots(string experiment, int? mostSlots) =>
        Write(async session => Known(experiment, await session.Execute("set-most-slots", ("mostSlots", mostSlots), ("id", experiment))));

    public Task<IReadOnlyDictionary<string, PoolShare>> FindShares(IReadOnlyList<string> experiments) =>
        Read<IReadOnlyDictionary<string, PoolShare>>(session => experiments.ToDictionary(
            id => id, id => session.First("find-share", SqlRows.Share, ("id", id)) ?? PoolShare.Usual));

    public Task DeleteExperiment(string experiment, IReadOnlyList<string> stages) => Write(async session =>
    {
        if (await FindExperiment(session, experiment) is not { } row)
            return 0;
        if (row.Status == ExperimentStatus.Running)
            throw new StoreException($"{dialect.Place}: {experiment} runs. Cancel it, then delete it.");
        await session.Execute("delete-spending", ("experiment", experiment));
        await session.Execute("delete-events", ("experiment", experiment));
        await session.Execute("delete-trials", ("experiment", experiment));
        foreach (var key in stages.Order(StringComparer.Ordinal))
            await session.Execute("delete-stage", ("key", key));
        return await session.Execute("delete-experiment", ("id", experiment));
    });

    public Task<long> AppendEvent(string experiment, string kind, string body, DateTimeOffset at)
    {
        var id = Guid.NewGuid().ToString("N");
        return WriteOnce(
            session => AppendEvent(session, experiment, kind, body, at, id),
            session => session.First("find-event", SqlRows.Number, ("experiment", experiment), ("id", id)));
    }

    public Task<IReadOnlyList<EventRow>> ReadEvents(string experiment, long after, int max) =>
        Read<IReadOnlyList<EventRow>>(session =>
            session.Query("read-events", SqlRows.Event, ("experiment", experiment), ("after", after), ("max", max)));

    /// <summary>Commits what is waiting, then closes the store.</summary>
    public async ValueTask DisposeAsync()
    {
        // Readers first: the last connection to close is the one that may tidy up the database file.
        readers.Dispose();
        if (writer is not null)
            await writer.DisposeAsync();
    }

    private Task<T> Read<T>(Func<SqlSession, T> operation, [CallerMemberName] string name = "")
    {
        var call = new StoreCall(name, meter);
        return call.Traced(readers.Run(operation, call));
    }

    private Task<T> Write<T>(Func<SqlPipeline, Task<T>> operation, [CallerMemberName] string name = "")
    {
        if (writer is null)
            throw new StoreException($"{dialect.Place} was opened for reading only.");
        var call = new StoreCall(name, meter);
        return call.Traced(writer.Run(operation, call));
    }

    /// <summary>A write that would not be safe to repeat by itself.</summary>
    /// <param name="committed">
    /// Asked when the write runs again, which may be for an answer that was lost: what it did when it was committed after all, else the default.
    /// </param>
    private Task<T> WriteOnce<T>(
        Func<SqlPipeline, Task<T>> operation, Func<SqlPipeline, Task<T>> committed, [CallerMemberName] string name = "")
    {
        var again = false;
        return Write(async session =>
        {
            if (again && await committed(session) is { } done && !EqualityComparer<T>.Default.Equals(done, default))
                return done;
            again = true;
            return await operation(session);
        }, name);
    }

    private static Task<ExperimentRow?> FindExperiment(SqlPipeline session, string id) =>
        session.First("find-experiment", SqlRows.Experiment, ("id", id));

    private static Task<long> AppendEvent(SqlPipeline session, string experiment, string kind, string body, DateTimeOffset at, string? id) => session.First(
        "append-event", SqlRows.Number, ("experiment", experiment), ("at", SqlRows.Time(at)), ("kind", kind), ("body", body), ("id", id));

    private int Known(string experiment, int rows) =>
        rows == 1 ? rows : throw new StoreException($"{dialect.Place} holds no experiment '{experiment}'.");
}
