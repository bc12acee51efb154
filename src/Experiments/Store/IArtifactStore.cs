namespace Grid.Experiments.Store;

/// <summary>
/// Files by their SHA-256, wherever they lie: in a folder of this machine, or in a store that several share. A file is there whole or not
/// at all, also after a crash. Thread-safe, several processes at once.
/// </summary>
/// <exception cref="StoreException">Thrown by any member when the store cannot be read or written.</exception>
public interface IArtifactStore
{
    /// <summary>Where on this machine to write a file that is to become an artifact: a fresh name.</summary>
    string NewTemporaryPath();

    /// <summary>
    /// Takes the file over; it is in the store, durably, when the task completes, and the temporary file is gone. When the store could not be
    /// reached it may be called again.
    /// </summary>
    /// <returns>Its SHA-256 (lower case hex).</returns>
    Task<string> Adopt(string temporaryPath);

    /// <summary>Where the artifact lies on this machine; null when it does not, which does not mean that the store lacks it. Its content is not checked.</summary>
    string? Find(string sha256);

    /// <summary>Sees to it that the artifact lies on this machine. Answers where; null when the store does not have it, or only damaged.</summary>
    Task<string?> Fetch(string sha256);

    /// <summary>Whether the store has the artifact. Nothing is transferred, and its content is not checked.</summary>
    Task<bool> Has(string sha256);

    /// <summary>Removes an artifact that nothing refers to any more; does nothing when it is not there.</summary>
    /// <param name="leastAge">One that was adopted, for the first time or again, more recently than that stays: its stage may not be recorded yet.</param>
    Task Remove(string sha256, TimeSpan leastAge = default);

    /// <summary>Everything in the store, in no order.</summary>
    Task<IReadOnlyList<StoredArtifact>> List();

    /// <summary>What never became an artifact on this machine, or was one and is damaged, and is at least that old.</summary>
    /// <param name="remove">Whether to delete it.</param>
    Task<Leftovers> Leftovers(TimeSpan leastAge, bool remove);

    /// <summary>Takes a damaged artifact out of the store, so that it is written again. Does nothing when its content is right after all.</summary>
    /// <returns>True when it was missing or damaged.</returns>
    Task<bool> Quarantine(string sha256);
}

/// <param name="Bytes">Its size.</param>
/// <param name="Age">Since it was last adopted.</param>
public sealed record StoredArtifact(string Sha256, long Bytes, TimeSpan Age);

/// <summary>Temporary files that nobody took over, and damaged ones that were put aside.</summary>
public sealed record Leftovers(int Files, long Bytes);
