using Grid.Experiments.Stages;

namespace Grid.Experiments.Store.Relational;

internal sealed partial class RelationalExperimentStore
{
    public Task<IReadOnlyList<StageRow>> EnsureStages(IReadOnlyList<StageSpec> specs, string? pool = null) => Write<IReadOnlyList<StageRow>>(async session =>
    {
        // In the order of their keys, as everywhere: two writers that want the same rows in another order would wait for each other.
        var order = Enumerable.Range(0, specs.Count).OrderBy(i => specs[i].Key, StringComparer.Ordinal).ToArray();
        var ensured = await Task.WhenAll([.. order.Select(i => Ensure(session, specs[i], pool))]);
        var rows = new StageRow[specs.Count];
        foreach (var (i, row) in order.Zip(ensured))
            rows[i] = row;
        return rows;
    });

    public Task<IReadOnlyList<StageRow>> FindStages(IReadOnlyList<string> keys) => Read<IReadOnlyList<StageRow>>(session =>
    {
        var rows = new List<StageRow>(keys.Count);
        foreach (var key in keys)
            if (session.First("find-stage", SqlRows.Stage, ("key", key)) is { } row)
                rows.Add(row);
        return rows;
    });

    public Task<StageRow?> TryLease(string key, int seenAttempt, string holder, TimeSpan duration, string? trace = null) => WriteOnce(
        session => session.First(
            "lease-stage", SqlRows.Stage,
            ("holder", holder), ("duration", SqlRows.Milliseconds(duration)), ("key", key), ("attempt", seenAttempt), ("trace", trace)),
        session => session.First("find-lease", SqlRows.Stage, ("holder", holder), ("key", key), ("attempt", seenAttempt + 1)));

    public Task<IReadOnlyList<string>> ListLeased(string pool) => Read<IReadOnlyList<string>>(session =>
        session.Query("list-leased", row => row.GetString(0), ("pool", pool)));

    public Task<IReadOnlyList<StageLease>> Renew(IReadOnlyList<StageLease> leases, TimeSpan duration) => Write<IReadOnlyList<StageLease>>(async session =>
    {
        var ordered = leases.OrderBy(l => l.Key, StringComparer.Ordinal).ToArray();
        var changed = await Task.WhenAll([.. ordered.Select(l => session.Execute(
            "renew-lease", ("duration", SqlRows.Milliseconds(duration)), ("key", l.Key), ("attempt", l.Attempt)))]);
        var lost = ordered.Zip(changed).Where(pair => pair.Second == 0).Select(pair => pair.First).ToHashSet();
        return [.. leases.Where(lost.Contains)];
    });

    public Task<bool> Checkpoint(StageLease lease, string artifact) => Write(async session =>
        await session.Execute("checkpoint-stage", ("checkpoint", artifact), ("key", lease.Key), ("attempt", lease.Attempt)) == 1);

    public Task<IReadOnlyList<string>> ListArtifacts() => Read<IReadOnlyList<string>>(session =>
        session.Query("list-artifacts", row => row.GetString(0)));

    public Task<CompletionAnswer> Complete(StageLease lease, string? artifact, StageResult result, double seconds)
    {
        // Outside the writer's thread, which is the one that everybody waits for.
        var json = SqlRows.Json(result, StageJson.Default.StageResult);
        return Write(async session =>
        {
            var changed = await session.Execute(
                "complete-stage",
                ("artifact", artifact), ("result", json), ("seconds", seconds), ("key", lease.Key), ("attempt", lease.Attempt));
            if (changed == 1)
                return CompletionAnswer.Recorded;
            return await session.First("is-recorded", SqlRows.Number, ("key", lease.Key), ("attempt", lease.Attempt)) == 1
                ? CompletionAnswer.AlreadyRecorded
                : CompletionAnswer.Stale;
        });
    }

    public Task<StageRow?> EndAttempt(StageLease lease, string? error, bool crash, bool final) => Write(async session =>
    {
        await session.Execute(
            "end-attempt",
            ("status", Names<StageStatus>.Of(final ? StageStatus.Failed : StageStatus.Pending)), ("crashes", crash ? 1 : 0), ("error", error),
            ("key", lease.Key), ("attempt", lease.Attempt));
        return await Find(session, lease.Key);
    });

    public Task<bool> Invalidate(string key, string artifact) => Write(async session =>
        await session.Execute("invalidate-stage", ("key", key), ("artifact", artifact)) == 1);

    public Task Retry(IReadOnlyList<string> keys) => Write(session =>
        Task.WhenAll([.. keys.Order(StringComparer.Ordinal).Select(key => session.Execute("retry-stage", ("key", key)))]));

    public Task<int> ReleaseAll() => Write(session => session.Execute("release-all"));

    public Task<IReadOnlyList<string>> ReleaseHolder(string holder)
    {
        // Kept over repeats: those that were released when an answer was lost are no longer found.
        var released = new SortedSet<string>(StringComparer.Ordinal);
        return Write<IReadOnlyList<string>>(async session =>
        {
            released.UnionWith(await session.Query("release-holder", row => row.GetString(0), ("holder", holder)));
            return [.. released];
        });
    }

    public Task<IReadOnlyList<StageCount>> CountStages() =>
        Read<IReadOnlyList<StageCount>>(session => session.Query("count-stages", SqlRows.Count));

    public Task<IReadOnlyList<QueueCount>> ListQueues() =>
        Read<IReadOnlyList<QueueCount>>(session => session.Query("list-queues", SqlRows.Queue));

    public Task<IReadOnlyList<StageLinks>> ListStageLinks() =>
        Read<IReadOnlyList<StageLinks>>(session => session.Query("list-stage-links", SqlRows.Links));

    private static async Task<StageRow> Ensure(SqlPipeline session, StageSpec spec, string? pool)
    {
        var first = pool ?? PoolNames.Of(spec, PoolNames.Cpu);
        var added = await session.Execute(
            "add-stage",
            ("key", spec.Key), ("kind", Names<StageKind>.Of(spec.Kind)), ("settings", spec.Settings.Canonical), ("parent", spec.Parent),
            ("reference", spec.Reference), ("data", spec.Data is { } data ? SqlRows.Json(data, StageJson.Default.DataSettings) : null),
            ("seed", spec.Seed), ("pool", first));
        if (added == 1)
            return new StageRow(spec.Key, spec, StageStatus.Pending, 0, 0, null, null, null, null, null, null, first);
        var row = (await session.First("find-stage", found => SqlRows.Stage(found, spec), ("key", spec.Key)))!;
        // Whoever asked last has it: the sweep that asked before may have ended, or its pool may have no silo.
        return pool is not null && pool != row.Pool && await session.Execute("move-stage", ("key", spec.Key), ("pool", pool)) == 1 ? row with { Pool = pool } : row;
    }

    private static Task<StageRow?> Find(SqlPipeline session, string key) => session.First("find-stage", SqlRows.Stage, ("key", key));
}
