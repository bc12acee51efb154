using System.Diagnostics;
using System.Runtime.InteropServices;
using Grid.Tests;

namespace Grid.Experiments.Tests.Measurement.Energy.Meters;

/// <summary>The stand-in for NVIDIA's library, compiled once for all tests of a class, and the functions by which a test tells it what to answer.</summary>
public sealed class NvmlStandIn : IDisposable
{
    private static readonly string[] compilers = ["cc", "gcc", "clang"];

    private readonly TemporaryFolder folder = new();
    private readonly nint library;

    public NvmlStandIn()
    {
        if (!OperatingSystem.IsLinux() || !Compile())
            return;
        library = NativeLibrary.Load(File);
    }

    public string File => folder.File("libnvidia-ml.so.1");

    public void Reset()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the stand-in is a shared object of Linux");
        Assert.SkipWhen(library == 0, "Missing: a C compiler. On Debian and Ubuntu: sudo apt-get install gcc libc6-dev");
        Function<Action>("stand_in_reset")();
    }

    public void Devices(int count) => Function<Numbers>("stand_in_devices")(count, 0);

    /// <summary>What every call answers from here on.</summary>
    public void Fail(int code) => Function<Numbers>("stand_in_fail")(code, 0);

    public void Support(bool energy, bool power) => Function<Numbers>("stand_in_support")(energy ? 1 : 0, power ? 1 : 0);

    public void Energy(int device, ulong millijoules) => Function<Energies>("stand_in_energy")(device, millijoules);

    public void Power(int device, int milliwatts) => Function<Numbers>("stand_in_power")(device, milliwatts);

    public void Processes(int count) => Function<Numbers>("stand_in_processes")(count, 0);

    /// <summary>How often it is initialised and not shut down.</summary>
    public int Open => Function<Counts>("stand_in_open")();

    public void Dispose()
    {
        if (library != 0)
            NativeLibrary.Free(library);
        folder.Dispose();
    }

    private bool Compile() => compilers.Any(compiler =>
    {
        var start = new ProcessStartInfo(compiler, ["-shared", "-fPIC", "-o", File, Source()]) { RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? true : throw new InvalidOperationException($"{compiler}: {errors}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    });

    private static string Source() =>
        Path.Combine(RepositoryRoot.Path, "tests", "Experiments.Tests", "Measurement", "Energy", "Meters", "nvml_stand_in.c");

    private T Function<T>(string name) where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void Action();

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void Numbers(int a, int b);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void Energies(int device, ulong value);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Counts();
}
