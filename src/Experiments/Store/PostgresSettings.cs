namespace Grid.Experiments.Store;

/// <summary>How a store in PostgreSQL is used.</summary>
public sealed record PostgresSettings
{
    /// <summary>
    /// How long a read or write is tried again while the server is out of reach, restarting or out of connections; 2 minutes unless told.
    /// What fails then throws a <see cref="StoreUnavailableException"/>.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The same for opening, when somebody may wait to hear that the address is wrong; 10 seconds unless told.</summary>
    public TimeSpan OpeningPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Connections that this process reads with at most, beside the one that writes; above 0.</summary>
    public int Readers { get; init; } = 4;

    /// <summary>The clock of pauses and patience. Leases run by the server's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
