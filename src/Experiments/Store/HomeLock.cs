namespace Grid.Experiments.Store;

/// <summary>An open file that the operating system keeps others from opening, and lets go of when this process ends.</summary>
internal sealed class HomeLock : IDisposable
{
    private readonly HomeFolder home;
    private readonly FileStream file;

    private HomeLock(HomeFolder home, FileStream file)
    {
        this.home = home;
        this.file = file;
    }

    public static HomeLock Take(HomeFolder home)
    {
        FileStream? file = null;
        try
        {
            file = Open(home);
            File.WriteAllText(home.OwnerFile, $"{Environment.ProcessId} {CommandLine}");
            return new HomeLock(home, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var held = file is null && IsSharingViolation(e);
            file?.Dispose();
            throw new StoreException(
                held
                    ? $"The home folder {home.FullPath} is in use: {Owner(home)} computes in it. "
                      + "Wait for it to end, stop it, or name another folder with --home."
                    : $"The home folder {home.FullPath} cannot be locked: {e.Message} Change its permissions, make room or name another with --home.",
                e);
        }
    }

    /// <summary>Whether a process computes in the home now. Holds the lock itself for a moment, shared.</summary>
    public static bool IsHeld(HomeFolder home)
    {
        try
        {
            using var probe = new FileStream(home.LockFile, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return IsSharingViolation(e);
        }
    }

    public void Dispose()
    {
        // The name goes first: whoever takes the lock next writes its own.
        File.Delete(home.OwnerFile);
        file.Dispose();
    }

    /// <summary>Tries more than once: a look at the lock keeps it for a moment too.</summary>
    private static FileStream Open(HomeFolder home)
    {
        for (var triesLeft = 3; ; triesLeft--)
            try
            {
                return new FileStream(home.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (triesLeft > 1 && IsSharingViolation(e))
            {
                Thread.Sleep(TimeSpan.FromMilliseconds(20));
            }
    }

    /// <summary>EWOULDBLOCK on Linux and macOS, ERROR_SHARING_VIOLATION on Windows.</summary>
    private static bool IsSharingViolation(Exception e) => e is IOException && (e.HResult & 0xFFFF) is 11 or 35 or 32;

    /// <summary>As it was typed: the first word is the file that the program lies in.</summary>
    private static string CommandLine =>
        Environment.GetCommandLineArgs() is [var program, .. var words] ? string.Join(' ', words.Select(Path.GetFileName).Prepend(Path.GetFileNameWithoutExtension(program))) : "";

    private static string Owner(HomeFolder home)
    {
        try
        {
            var text = File.ReadAllText(home.OwnerFile).Split(' ', 2);
            return $"process {text[0]} ({text[^1]})";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "another process";
        }
    }
}
