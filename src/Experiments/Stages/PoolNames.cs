namespace Grid.Experiments.Stages;

/// <summary>Names of pools: what a slot can do, and on what.</summary>
public static class PoolNames
{
    /// <summary>The class of a machine that was given none.</summary>
    public const string LocalDevice = "local";

    public const string Cpu = "cpu";
    public const string Cuda = "cuda";

    /// <summary>The setting of a measure stage that names its class of machines; left out where it is <see cref="LocalDevice"/>.</summary>
    public const string DeviceSetting = "device";

    /// <summary>Regular expression of a class of machines.</summary>
    public const string DevicePattern = "[A-Za-z0-9_.-]{1,63}";

    /// <summary>Regular expression of the names there can be.</summary>
    public const string Pattern = $"train/({Cpu}|{Cuda})|measure/{DevicePattern}";

    /// <summary>Stages that need the machine for themselves, on machines of a class.</summary>
    public static string Measure(string deviceClass) => $"measure/{deviceClass}";

    /// <summary>All others.</summary>
    public static string Train(string accelerator) => $"train/{accelerator}";

    /// <param name="accelerator">What the stages of its sweep are trained on.</param>
    public static string Of(StageSpec stage, string accelerator) =>
        stage.Kind == StageKind.Measure ? Measure(stage.Settings.Text(DeviceSetting, LocalDevice)) : Train(accelerator);
}
