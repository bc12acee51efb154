using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Grid.Experiments.Measurement.Machine;

/// <summary>
/// flock(2). .NET's own use of it, behind <see cref="FileShare"/>, never waits, and would refuse to open a file that another process has
/// locked; hence open(2), too.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static partial class Flock
{
    private const string Libc = "libc";
    private const int ReadOnly = 0;
    private const int Shared = 1;
    private const int Exclusive = 2;
    private const int DoNotWait = 4;
    private const int Interrupted = 4;
    private const int CloseOnExecLinux = 0x80000;
    private const int CloseOnExecMacOS = 0x1000000;

    private static int WouldBlock => OperatingSystem.IsMacOS() ? 35 : 11;

    /// <summary>Opens a file that exists. A child process does not inherit it, and so not the lock.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static SafeFileHandle Open(string path)
    {
        var handle = open(path, ReadOnly | (OperatingSystem.IsMacOS() ? CloseOnExecMacOS : CloseOnExecLinux));
        if (!handle.IsInvalid)
            return handle;
        var error = Error(path);
        handle.Dispose();
        throw error;
    }

    /// <summary>Locks for as long as the handle is open. False when others have it locked and it was not to wait.</summary>
    /// <exception cref="IOException">The file system knows no locks.</exception>
    public static bool Lock(SafeFileHandle file, bool shared, bool wait)
    {
        while (flock(file, (shared ? Shared : Exclusive) | (wait ? 0 : DoNotWait)) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error == WouldBlock && !wait)
                return false;
            if (error != Interrupted)
                throw Error("flock");
        }
        return true;
    }

    private static IOException Error(string what) => new($"{what}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");

    [LibraryImport(Libc, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle open(string path, int flags);

    [LibraryImport(Libc, SetLastError = true)]
    private static partial int flock(SafeFileHandle file, int operation);
}
