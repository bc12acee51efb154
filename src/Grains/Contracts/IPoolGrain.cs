using System.ComponentModel.DataAnnotations;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Telemetry;
using Grid.Grains.Messages;

namespace Grid.Grains.Contracts;

/// <summary>
/// The queue of one kind of slot: by the priorities and limits of experiments, which it reads from the store, and fair between equals. In
/// memory only: the store remembers what matters, experiments offer again what they wait for. Workers pull.
/// </summary>
[Alias(GridGrains.PoolAlias)]
public interface IPoolGrain : IGrainWithStringKey
{
    /// <summary>Puts a stage into the queue; offering it again changes nothing.</summary>
    [Alias("offer")]
    Task Offer(StageOffer offer);

    /// <summary>Takes a stage out of the queue; if it is running, its worker hears of it with the next heartbeat.</summary>
    [Alias("withdraw")]
    Task Withdraw([Sha256] string key);

    /// <summary>
    /// Takes a stage out of the queue unless a worker has begun it; one that is leased and has not begun is given back. Answers whether one has, or
    /// may have and will tell within seconds.
    /// </summary>
    [Alias("hold")]
    Task<bool> Hold(string key);

    /// <summary>Leases up to <paramref name="max"/> stages; waits for the first up to <paramref name="wait"/>, then answers none.</summary>
    [Alias("lease")]
    Task<IReadOnlyList<LeasedStage>> Lease([StringLength(500)] string holder, [Range(0, 4096)] int max, TimeSpan wait, CancellationToken cancellation = default);

    /// <summary>Prolongs the leases that a holder names and tells how far each is; one it does not name runs out.</summary>
    [Alias("heartbeat")]
    Task<HeartbeatAnswer> Heartbeat([StringLength(500)] string holder, IReadOnlyList<StageProgress> running);

    /// <summary>
    /// Tells this grain of leases that it has not heard of, because it was lost with its silo after it had given them. Answers the keys that
    /// are the holder's no longer, whose work is to be abandoned.
    /// </summary>
    [Alias("resume")]
    Task<IReadOnlyList<string>> Resume([StringLength(500)] string holder, IReadOnlyList<LeasedStage> leases);

    /// <summary>The attempt has ended: the stage may be offered again. Called by the stage before anything is made of that.</summary>
    [Alias("ended")]
    Task Ended([Sha256] string key, int attempt);

    [Alias("view")]
    Task<PoolView> View();
}

/// <param name="Attempt">The stage's attempt as the store has it.</param>
/// <param name="Free">Whether nobody holds a lease on it in the store: one that the pool remembers has then been ended.</param>
/// <param name="Before">Where in a trace the attempt before stands; null where there was none, or nobody traced it.</param>
[GenerateSerializer, Immutable, Alias("grid.stage-offer")]
public sealed record StageOffer(
    [property: Id(0)] StageRequest Request, [property: Id(1), Range(0, int.MaxValue)] int Attempt, [property: Id(2)] bool Free,
    [property: Id(3), RegularExpression(Traceparent.Pattern)] string? Before = null)
{
    public string Key => Request.Spec.Key;
}

/// <summary>A stage to carry out now, at that attempt.</summary>
/// <param name="Checkpoint">SHA-256 of what an earlier attempt saved, to go on from; null to start at the beginning.</param>
/// <param name="Trace">Where in a trace this attempt stands, for its worker to go on from.</param>
/// <param name="Before">The same of the attempt before.</param>
[GenerateSerializer, Immutable, Alias("grid.leased-stage")]
public sealed record LeasedStage(
    [property: Id(0)] StageRequest Request, [property: Id(1), Range(0, int.MaxValue)] int Attempt, [property: Id(2), Sha256] string? Checkpoint = null,
    [property: Id(3), RegularExpression(Traceparent.Pattern)] string? Trace = null,
    [property: Id(4), RegularExpression(Traceparent.Pattern)] string? Before = null)
{
    public string Key => Request.Spec.Key;

    public StageLease Lease => new(Key, Attempt);
}

/// <param name="Fraction">0 to 1.</param>
/// <param name="Text">What it is at; empty while it is leased ahead and has not begun.</param>
[GenerateSerializer, Immutable, Alias("grid.stage-progress")]
public sealed record StageProgress(
    [property: Id(0), Sha256] string Key, [property: Id(1), Range(0, int.MaxValue)] int Attempt, [property: Id(2)] double Fraction,
    [property: Id(3)] string Text)
{
    public StageLease Lease => new(Key, Attempt);
}

/// <param name="Abandon">Keys whose work nobody waits for any more, or that are another's now.</param>
/// <param name="Unknown">Keys this grain has not heard of: see <see cref="IPoolGrain.Resume"/>.</param>
[GenerateSerializer, Immutable, Alias("grid.heartbeat-answer")]
public sealed record HeartbeatAnswer([property: Id(0)] IReadOnlyList<string> Abandon, [property: Id(1)] IReadOnlyList<string> Unknown);

/// <param name="Pending">Stages that wait for a slot.</param>
/// <param name="Workers">Silos that asked for work of late.</param>
/// <param name="Waiting">The experiments that wait; a stage that several wait for counts for each.</param>
[GenerateSerializer, Immutable, Alias("grid.pool-view")]
public sealed record PoolView(
    [property: Id(0)] string Pool, [property: Id(1)] int Pending, [property: Id(2)] IReadOnlyList<RunningStage> Running, [property: Id(3)] int Workers,
    [property: Id(4)] IReadOnlyList<WaitingView> Waiting);

/// <summary>What an experiment waits for in a pool.</summary>
/// <param name="Pending">Stages; above 0.</param>
/// <param name="Leased">Slots of the pool that it has.</param>
/// <param name="Priority">Null until a silo asks the pool for work.</param>
/// <param name="MostSlots">Slots of the pool that it may have; null for no limit.</param>
[GenerateSerializer, Immutable, Alias("grid.waiting-view")]
public sealed record WaitingView(
    [property: Id(0)] string Experiment, [property: Id(1)] int Pending, [property: Id(2)] int Leased, [property: Id(3)] int? Priority,
    [property: Id(4)] int? MostSlots)
{
    /// <summary>Whether it is its own limit that it waits for.</summary>
    public bool AtLimit => Leased >= MostSlots;
}

[GenerateSerializer, Immutable, Alias("grid.running-stage")]
public sealed record RunningStage(
    [property: Id(0)] string Key, [property: Id(1)] StageKind Kind, [property: Id(2)] StageSettings Settings, [property: Id(3)] string Holder,
    [property: Id(4)] int Attempt, [property: Id(5)] DateTimeOffset Since, [property: Id(6)] double Fraction, [property: Id(7)] string Text);
