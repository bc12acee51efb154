using Grid.Experiments.Stages;

namespace Grid.Experiments.Measurement.Machine;

/// <summary>
/// Keeps what computes and what measures apart on one machine, across processes, grids and users: any number may compute together, who
/// measures is alone. Built of two locked files that the operating system lets go of when a process ends, however it ends.
/// </summary>
/// <remarks>
/// Everybody passes a turnstile on the way in, one at a time, and waits for the room inside it. So one who wants to measure waits for those
/// who compute already but for none who come later. Processes in containers meet only where they share the folder.
/// </remarks>
public sealed class MachineGate(string folder)
{
    /// <summary>Names another folder than the one for temporary files.</summary>
    public const string FolderVariable = "GRID_GATE";

    private readonly string turnstile = Path.Combine(folder, "grid-turnstile.lock");
    private readonly string room = Path.Combine(folder, "grid-machine.lock");

    public static MachineGate FromEnvironment() =>
        new(Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder ? folder : Path.GetTempPath());

    /// <summary>Blocks until the machine is free for what is to be done, and keeps it so until the answer is disposed of.</summary>
    /// <param name="alone">To measure; otherwise others may compute meanwhile.</param>
    /// <param name="waiting">Called once if there is somebody to wait for.</param>
    /// <exception cref="StageException">The folder cannot be used.</exception>
    public IDisposable Enter(bool alone, Action waiting)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var told = false;
            using (Take(turnstile, shared: false))
                return Take(room, shared: !alone);

            FileLock Take(string path, bool shared)
            {
                if (FileLock.TryTake(path, shared) is { } free)
                    return free;
                if (!told)
                    waiting();
                told = true;
                return FileLock.Take(path, shared);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StageException(
                $"The files in {folder} that keep measuring and computing apart cannot be used: {e.Message} Set {FolderVariable} to a folder "
                + "that everybody who runs Grid on this machine may write to.",
                e);
        }
    }
}
