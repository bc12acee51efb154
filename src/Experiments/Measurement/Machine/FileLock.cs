using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Grid.Experiments.Measurement.Machine;

/// <summary>
/// A lock on a file, shared by many or held by one, which ends with the process that holds it. On Linux and macOS waiting is the kernel's
/// (flock): it costs nothing, which matters beside a measurement. Elsewhere the file is tried again and again.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private const int SharingViolation = unchecked((int)0x80070020);

    private readonly SafeFileHandle handle;

    private FileLock(SafeFileHandle handle) => this.handle = handle;

    /// <summary>The lock, or null when it is not to be had at once.</summary>
    /// <exception cref="IOException">The file cannot be made or opened.</exception>
    public static FileLock? TryTake(string path, bool shared) => Lock(path, shared, wait: false);

    /// <summary>Blocks until the lock is to be had.</summary>
    /// <exception cref="IOException">The file cannot be made or opened.</exception>
    public static FileLock Take(string path, bool shared) => Lock(path, shared, wait: true)!;

    public void Dispose() => handle.Dispose();

    private static FileLock? Lock(string path, bool shared, bool wait) =>
        (OperatingSystem.IsWindows() ? LockByShare(path, shared, wait) : LockByKernel(path, shared, wait)) is { } handle ? new FileLock(handle) : null;

    [UnsupportedOSPlatform("windows")]
    private static SafeFileHandle? LockByKernel(string path, bool shared, bool wait)
    {
        MakeForEveryone(path);
        var handle = Flock.Open(path);
        try
        {
            if (Flock.Lock(handle, shared, wait))
                return handle;
        }
        catch (IOException)
        {
            handle.Dispose();
            throw;
        }

        handle.Dispose();
        return null;
    }

    [UnsupportedOSPlatform("windows")]
    private static void MakeForEveryone(string path)
    {
        if (File.Exists(path))
            return;
        // Made elsewhere, so that it never stands there with the mask of this process: other users lock it, too.
        var made = $"{path}.{Path.GetRandomFileName()}";
        File.Create(made).Dispose();
        try
        {
            File.SetUnixFileMode(made, (UnixFileMode)0b110_110_110);
            File.Move(made, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster.
            File.Delete(made);
        }
    }

    private static SafeFileHandle? LockByShare(string path, bool shared, bool wait)
    {
        while (true)
            try
            {
                return shared
                    ? File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read)
                    : File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e.HResult == SharingViolation)
            {
                if (!wait)
                    return null;
                Thread.Sleep(Pause);
            }
    }
}
