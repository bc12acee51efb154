using System.Globalization;

namespace Grid.Experiments.Measurement.Energy.Meters.Nvml;

/// <summary>Which accelerator this process computes on: the first that CUDA may see.</summary>
internal static class NvmlDevices
{
    /// <param name="visible">
    /// The value of CUDA_VISIBLE_DEVICES: numbers, or UUIDs that may be cut short, by commas; null for all. Numbers are those of the bus, which is
    /// CUDA's order too on machines with accelerators of one model, or with CUDA_DEVICE_ORDER=PCI_BUS_ID.
    /// </param>
    /// <exception cref="MeterException">It names none that there is.</exception>
    public static nint First(NvmlLibrary library, string? visible)
    {
        var count = library.Count;
        if (count == 0)
            throw new MeterException("the driver knows no accelerator");
        if (visible is null)
            return library.Device(0);
        var first = visible.Split(',')[0].Trim();
        if (int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number < count ? library.Device(number) : throw NotThere();
        for (var i = 0; i < count && first.Length > 0; i++)
            if (library.Device(i) is var device && library.Uuid(device).StartsWith(first, StringComparison.Ordinal))
                return device;
        throw NotThere();

        MeterException NotThere() => new(
            visible.Length == 0
                ? "CUDA_VISIBLE_DEVICES is empty, which hides every accelerator"
                : $"CUDA_VISIBLE_DEVICES is '{visible}', whose first is none of the {count} that the driver knows");
    }
}
