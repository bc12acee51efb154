using System.Runtime.InteropServices;

namespace Grid.Experiments.Measurement.Energy.Meters.Nvml;

/// <summary>
/// The few functions of NVIDIA's management library (nvml.h) that meters need, found in the driver's own library when it is there. One that
/// is open is initialised.
/// </summary>
internal sealed unsafe class NvmlLibrary : IDisposable
{
    public const int Success = 0;
    public const int NotSupported = 3;
    private const int NoPermission = 4;
    private const int InsufficientSize = 7;
    private const int LongestText = 96;

    private readonly nint library;
    private readonly delegate* unmanaged[Cdecl]<int> shutdown;
    private readonly delegate* unmanaged[Cdecl]<int, byte*> errorString;
    private readonly delegate* unmanaged[Cdecl]<uint*, int> count;
    private readonly delegate* unmanaged[Cdecl]<uint, nint*, int> handle;
    private readonly delegate* unmanaged[Cdecl]<nint, byte*, uint, int> name;
    private readonly delegate* unmanaged[Cdecl]<nint, byte*, uint, int> uuid;
    private readonly delegate* unmanaged[Cdecl]<nint, ulong*, int> energy;
    private readonly delegate* unmanaged[Cdecl]<nint, uint*, int> power;
    private readonly delegate* unmanaged[Cdecl]<nint, uint*, void*, int> processes;

    /// <exception cref="DllNotFoundException">There is no such library.</exception>
    /// <exception cref="EntryPointNotFoundException">It is another one.</exception>
    /// <exception cref="MeterException">It is there, but no driver behind it.</exception>
    public NvmlLibrary(string file)
    {
        library = NativeLibrary.Load(file);
        try
        {
            shutdown = (delegate* unmanaged[Cdecl]<int>)Export("nvmlShutdown");
            errorString = (delegate* unmanaged[Cdecl]<int, byte*>)Export("nvmlErrorString");
            count = (delegate* unmanaged[Cdecl]<uint*, int>)Export("nvmlDeviceGetCount_v2");
            handle = (delegate* unmanaged[Cdecl]<uint, nint*, int>)Export("nvmlDeviceGetHandleByIndex_v2");
            name = (delegate* unmanaged[Cdecl]<nint, byte*, uint, int>)Export("nvmlDeviceGetName");
            uuid = (delegate* unmanaged[Cdecl]<nint, byte*, uint, int>)Export("nvmlDeviceGetUUID");
            energy = (delegate* unmanaged[Cdecl]<nint, ulong*, int>)Export("nvmlDeviceGetTotalEnergyConsumption");
            power = (delegate* unmanaged[Cdecl]<nint, uint*, int>)Export("nvmlDeviceGetPowerUsage");
            processes = NativeLibrary.TryGetExport(library, "nvmlDeviceGetComputeRunningProcesses_v3", out var listing)
                ? (delegate* unmanaged[Cdecl]<nint, uint*, void*, int>)listing
                : null;
            Check(((delegate* unmanaged[Cdecl]<int>)Export("nvmlInit_v2"))(), "nvmlInit");
        }
        catch
        {
            NativeLibrary.Free(library);
            throw;
        }
    }

    public int Count
    {
        get
        {
            uint devices;
            Check(count(&devices), "nvmlDeviceGetCount");
            return (int)devices;
        }
    }

    public nint Device(int index)
    {
        nint device;
        Check(handle((uint)index, &device), "nvmlDeviceGetHandleByIndex");
        return device;
    }

    public string Name(nint device) => Text(device, name, "nvmlDeviceGetName");

    /// <summary>"GPU-" and a number, as CUDA's own variable may name it.</summary>
    public string Uuid(nint device) => Text(device, uuid, "nvmlDeviceGetUUID");

    /// <summary>Millijoules since the driver was loaded; null on devices without the counter.</summary>
    public ulong? Millijoules(nint device)
    {
        ulong counted;
        var result = energy(device, &counted);
        if (result == NotSupported)
            return null;
        Check(result, "nvmlDeviceGetTotalEnergyConsumption");
        return counted;
    }

    /// <summary>Null on devices that do not tell.</summary>
    public uint? Milliwatts(nint device)
    {
        uint drawn;
        var result = power(device, &drawn);
        if (result == NotSupported)
            return null;
        Check(result, "nvmlDeviceGetPowerUsage");
        return drawn;
    }

    /// <summary>How many processes compute on a device; null where it cannot be told.</summary>
    public int? Processes(nint device)
    {
        if (processes is null)
            return null;
        // Room for none: the answer is how much there would have to be.
        uint running = 0;
        return processes(device, &running, null) is Success or InsufficientSize ? (int)running : null;
    }

    public void Dispose()
    {
        _ = shutdown();
        NativeLibrary.Free(library);
    }

    private nint Export(string symbol) => NativeLibrary.GetExport(library, symbol);

    private string Text(nint device, delegate* unmanaged[Cdecl]<nint, byte*, uint, int> of, string call)
    {
        var bytes = stackalloc byte[LongestText];
        Check(of(device, bytes, LongestText), call);
        return Marshal.PtrToStringUTF8((nint)bytes)!;
    }

    private void Check(int result, string call)
    {
        if (result == Success)
            return;
        var why = Marshal.PtrToStringUTF8((nint)errorString(result));
        throw new MeterException($"{call} answers {result}: {why}{(result == NoPermission ? ". Run Grid as a user who may use the accelerator" : "")}");
    }
}
