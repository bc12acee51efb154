namespace Grid.Silo.Settings;

/// <summary>What a silo of a cluster does.</summary>
[Flags]
public enum SiloRoles
{
    None = 0,

    /// <summary>Hosts the grains, which schedule, and takes calls of clients.</summary>
    Control = 1,

    /// <summary>Trains, prunes and quantizes; needs libtorch.</summary>
    Train = 2,

    /// <summary>Measures models as the device class it belongs to.</summary>
    Measure = 4,
}
