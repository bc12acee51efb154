namespace Grid.Experiments.Store;

/// <summary>The folder that keeps everything of Grid on one machine, by default ./.grid: who lies where in it.</summary>
public sealed class HomeFolder
{
    private HomeFolder(string path) => FullPath = path;

    public string FullPath { get; }

    public string DatabaseFile => Path.Combine(FullPath, "grid.db");
    public string ArtifactsFolder => Path.Combine(FullPath, "artifacts");
    public string TemporaryFolder => Path.Combine(FullPath, "tmp");
    public string LogsFolder => Path.Combine(FullPath, "logs");

    /// <summary>Where an experiment's report is written unless the user names another place.</summary>
    public string ReportFile(string experiment) => Path.Combine(ExperimentFolder(experiment), "report.html");

    /// <summary>Where the models of an experiment's frontier are copied to when it ends.</summary>
    public string ModelsFolder(string experiment) => Path.Combine(ExperimentFolder(experiment), "models");
    internal string LockFile => Path.Combine(FullPath, "lock");

    /// <summary>Beside the lock file, which nobody can read while it is held.</summary>
    internal string OwnerFile => Path.Combine(FullPath, "lock-owner");

    /// <summary>Whether some process computes in it now; what the store calls running is then really so.</summary>
    public bool InUse => HomeLock.IsHeld(this);

    /// <summary>Whether there is a store in it: something was run once.</summary>
    /// <exception cref="StoreException">It is no folder, or one that cannot be looked into.</exception>
    public bool HasStore
    {
        get
        {
            MustNotBeFile();
            try
            {
                // Which tells a file that is not there from one that may not be seen.
                File.GetAttributes(DatabaseFile);
                return true;
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                return false;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new StoreException($"The home folder {FullPath} cannot be read: {e.Message} Change its permissions or name another with --home.", e);
            }
        }
    }

    /// <summary>A file where the folder or one above it should be; null where none is.</summary>
    public string? FileInItsPlace
    {
        get
        {
            for (var part = FullPath; part is not null && !Directory.Exists(part); part = Path.GetDirectoryName(part))
                if (File.Exists(part))
                    return part;
            return null;
        }
    }

    /// <summary>The folder, created if it is not there.</summary>
    /// <exception cref="StoreException">It cannot be created.</exception>
    public static HomeFolder Open(string folder)
    {
        var home = At(folder);
        home.MustNotBeFile();
        try
        {
            foreach (var path in new[] { home.FullPath, home.ArtifactsFolder, home.TemporaryFolder, home.LogsFolder })
                Directory.CreateDirectory(path);
            return home;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The home folder {home.FullPath} cannot be written: {e.Message} Change its permissions or name another with --home.", e);
        }
    }

    /// <summary>The folder as it is; creates nothing, for commands that only look.</summary>
    public static HomeFolder At(string folder) => new(Path.GetFullPath(folder));

    private void MustNotBeFile()
    {
        if (FileInItsPlace is { } file)
            throw new StoreException($"The home folder {FullPath} cannot be there: {file} is a file. Name a folder with --home.");
    }

    /// <summary>Where an experiment's report and copies of its models are.</summary>
    /// <remarks>An id begins with the name its sweep was given: whatever could lead out of the folder is replaced.</remarks>
    public string ExperimentFolder(string experiment) => Path.Combine(
        FullPath, "experiments", string.Concat(experiment.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' || (c is '.' && experiment[0] != '.') ? c : '_')));

    /// <summary>
    /// Makes this process the one that computes in this home, until it disposes of the lock or ends in any way. Removes the unfinished
    /// files that an earlier one left behind.
    /// </summary>
    /// <exception cref="StoreException">Another process holds the lock; the message names it.</exception>
    public IDisposable Lock()
    {
        var held = HomeLock.Take(this);
        try
        {
            foreach (var leftover in new DirectoryInfo(TemporaryFolder).EnumerateFiles())
                leftover.Delete();
            return held;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            held.Dispose();
            throw new StoreException($"The folder {TemporaryFolder} cannot be cleaned: {e.Message}", e);
        }
    }
}
