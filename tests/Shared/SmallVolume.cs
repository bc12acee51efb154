using System.Diagnostics;

namespace Grid.Tests;

/// <summary>A volume of a few megabytes in memory, to be filled or made read-only. Needs the right to mount: skips the test without it.</summary>
internal sealed class SmallVolume : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public SmallVolume(int kilobytes)
    {
        if (Mount("-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", folder.Path))
            return;
        folder.Dispose();
        Assert.Skip("This test mounts a small volume, which takes the root user of a Linux machine.");
    }

    public string Path => folder.Path;

    public void MakeReadOnly() => Mount("-o", "remount,ro", folder.Path).ShouldBeTrue();

    public void Dispose()
    {
        Run("umount", folder.Path);
        folder.Dispose();
    }

    private static bool Mount(params string[] arguments) => OperatingSystem.IsLinux() && Run("mount", arguments);

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
