namespace Grid.Experiments.Store;

/// <summary>Files by their SHA-256. A file is there whole or not at all, also after a crash. Thread-safe, several processes at once.</summary>
/// <exception cref="StoreException">Thrown by any member when the folder cannot be read or written.</exception>
public interface IArtifactStore
{
    /// <summary>Where to write a file that is to become an artifact: a fresh name on the same volume.</summary>
    string NewTemporaryPath();

    /// <summary>Takes the file over: hashes, syncs, renames. The temporary file is gone afterwards. Answers its SHA-256 (lower case hex).</summary>
    string Adopt(string temporaryPath);

    /// <summary>Where the artifact lies; null when it is not there. Its content is not checked.</summary>
    string? Find(string sha256);

    /// <summary>Moves a damaged artifact aside, so that it is written again. Does nothing when its content is right after all.</summary>
    /// <returns>True when it was missing or damaged.</returns>
    bool Quarantine(string sha256);
}
