namespace Grid.Grains.Contracts;

/// <summary>
/// Who is in the cluster and what each silo offers, as they last told. One for a cluster. In memory only: silos report again and again.
/// </summary>
[Alias(GridGrains.ClusterAlias)]
public interface IClusterGrain : IGrainWithStringKey
{
    /// <summary>A silo tells how it is. Answers what it is asked to do.</summary>
    [Alias("report")]
    Task<SiloOrders> Report(SiloReport report);

    /// <summary>The silos that reported of late, by name.</summary>
    [Alias("silos")]
    Task<IReadOnlyList<SiloView>> Silos();

    /// <summary>Asks a silo to end what runs and to begin nothing more, or to take up work again. False when there is none of that name.</summary>
    [Alias("drain")]
    Task<bool> Drain(string silo, bool drain);
}

/// <param name="Name">What people call it.</param>
/// <param name="Address">Of this process of it: host, port and generation.</param>
/// <param name="Roles">control, train, measure.</param>
/// <param name="Slots">Stages it computes at once.</param>
/// <param name="Pools">The pools it takes work from.</param>
/// <param name="Draining">It begins nothing more.</param>
[GenerateSerializer, Immutable, Alias("grid.silo-report")]
public sealed record SiloReport(
    [property: Id(0)] string Name,
    [property: Id(1)] string Address,
    [property: Id(2)] IReadOnlyList<string> Roles,
    [property: Id(3)] int Slots,
    [property: Id(4)] IReadOnlyList<string> Pools,
    [property: Id(5)] DateTimeOffset Started,
    [property: Id(6)] bool Draining)
{
    /// <summary>What it leases stages as: another process of the same name is another holder.</summary>
    public string Holder => HolderName.Of(Name, Address);
}

/// <param name="Silent">Time since it was last heard of.</param>
[GenerateSerializer, Immutable, Alias("grid.silo-view")]
public sealed record SiloView([property: Id(0)] SiloReport Report, [property: Id(1)] TimeSpan Silent);

/// <param name="Drain">Begin nothing more.</param>
[GenerateSerializer, Immutable, Alias("grid.silo-orders")]
public sealed record SiloOrders([property: Id(0)] bool Drain);

/// <summary>Who holds a lease: one process of a silo.</summary>
public static class HolderName
{
    private const string At = " at ";

    /// <param name="address">With the generation, so that a silo that was started again is another holder.</param>
    public static string Of(string silo, string address) => $"{silo}{At}{address}";

    /// <summary>Name of the silo.</summary>
    public static string Silo(string holder) => holder.LastIndexOf(At, StringComparison.Ordinal) is > 0 and var end ? holder[..end] : holder;
}
