using Grid.Experiments.Stages;

namespace Grid.Grains.Contracts;

/// <summary>
/// The queue of one kind of slot, fair between experiments. In memory only: the store remembers what matters. Workers pull.
/// </summary>
[Alias("grid.pool")]
public interface IPoolGrain : IGrainWithStringKey
{
    /// <summary>Puts a stage into the queue; offering it again changes nothing.</summary>
    [Alias("offer")]
    Task Offer(StageOffer offer);

    [Alias("withdraw")]
    Task Withdraw(string key);

    /// <summary>Leases up to <paramref name="max"/> stages; waits for the first up to <paramref name="wait"/>, then answers none.</summary>
    [Alias("lease")]
    Task<IReadOnlyList<LeasedStage>> Lease(string holder, int max, TimeSpan wait);

    /// <summary>Prolongs the leases of a holder and tells how far each is. Answers the keys whose work is to be abandoned.</summary>
    [Alias("heartbeat")]
    Task<IReadOnlyList<string>> Heartbeat(string holder, IReadOnlyList<StageProgress> running);

    /// <summary>Ended by whoever held it: no longer shown as running.</summary>
    [Alias("ended")]
    Task Ended(string key, int attempt);

    [Alias("view")]
    Task<PoolView> View();
}

[GenerateSerializer, Immutable, Alias("grid.stage-offer")]
public sealed record StageOffer(
    [property: Id(0)] StageSpec Spec, [property: Id(1)] int Attempt, [property: Id(2)] string Experiment, [property: Id(3)] TimeSpan TimeLimit);

[GenerateSerializer, Immutable, Alias("grid.leased-stage")]
public sealed record LeasedStage(
    [property: Id(0)] StageSpec Spec, [property: Id(1)] int Attempt, [property: Id(2)] TimeSpan TimeLimit,
    [property: Id(3)] string? Input, [property: Id(4)] string? Reference);

/// <param name="Fraction">0 to 1.</param>
[GenerateSerializer, Immutable, Alias("grid.stage-progress")]
public sealed record StageProgress(
    [property: Id(0)] string Key, [property: Id(1)] int Attempt, [property: Id(2)] double Fraction, [property: Id(3)] string Text);

[GenerateSerializer, Immutable, Alias("grid.pool-view")]
public sealed record PoolView(
    [property: Id(0)] string Pool, [property: Id(1)] int Pending, [property: Id(2)] IReadOnlyList<RunningStage> Running);

[GenerateSerializer, Immutable, Alias("grid.running-stage")]
public sealed record RunningStage(
    [property: Id(0)] string Key, [property: Id(1)] StageKind Kind, [property: Id(2)] StageSettings Settings, [property: Id(3)] string Holder,
    [property: Id(4)] int Attempt, [property: Id(5)] DateTimeOffset Since, [property: Id(6)] double Fraction, [property: Id(7)] string Text);

/// <summary>Names of pools.</summary>
public static class Pools
{
    public const string Compute = "train/cpu";

    /// <summary>Stages that need the machine for themselves.</summary>
    public const string Measure = "measure/local";

    public static string Of(StageKind kind) => kind == StageKind.Measure ? Measure : Compute;
}
