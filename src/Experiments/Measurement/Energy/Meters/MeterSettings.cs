using System.Globalization;

namespace Grid.Experiments.Measurement.Energy.Meters;

/// <summary>Where the meters of a machine are looked for.</summary>
public sealed record MeterSettings
{
    /// <summary>Names the folder of the powercap class where it is mounted elsewhere, as in a container.</summary>
    public const string PowercapVariable = "GRID_POWERCAP";

    /// <summary>Watts that one busy core of this machine takes, for machines without a meter of their processors.</summary>
    public const string CoreWattsVariable = "GRID_CORE_WATTS";

    private const double MostCoreWatts = 1000;

    public string Powercap { get; init; } = "/sys/class/powercap";

    /// <summary>NVIDIA's management library, as the loader finds it.</summary>
    public string Nvml { get; init; } = "libnvidia-ml.so.1";

    /// <summary>The accelerators that CUDA may use, as its own variable names them; null for all.</summary>
    public string? VisibleDevices { get; init; }

    /// <summary>Above 0; null where nobody said.</summary>
    public double? CoreWatts { get; init; }

    /// <param name="variable">Answers a variable of the environment; null where it is not set.</param>
    /// <exception cref="MeterException">A variable has no meaning.</exception>
    public static MeterSettings From(Func<string, string?> variable) => new()
    {
        Powercap = variable(PowercapVariable) is { Length: > 0 } folder ? folder : new MeterSettings().Powercap,
        VisibleDevices = variable("CUDA_VISIBLE_DEVICES"),
        CoreWatts = variable(CoreWattsVariable) is { Length: > 0 } watts ? Watts(watts) : null,
    };

    /// <exception cref="MeterException">It is no number of watts.</exception>
    public static double Watts(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var watts) && watts is > 0 and <= MostCoreWatts
            ? watts
            : throw new MeterException($"{CoreWattsVariable} is '{text}'; accepted: watts of one busy core, above 0 to {MostCoreWatts}.");
}
