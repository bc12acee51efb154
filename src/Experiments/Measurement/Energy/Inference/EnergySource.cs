namespace Grid.Experiments.Measurement.Energy.Inference;

/// <summary>Where the energy of an inference is to come from: words of the setting "energy" of measuring.</summary>
public static class EnergySource
{
    /// <summary>A meter where the machine has one, else the estimate. The same as to say nothing.</summary>
    public const string Auto = "auto";

    /// <summary>A meter, and no number where there is none.</summary>
    public const string Meter = "meter";

    /// <summary>The estimate also where there is a meter: the same on every machine, and free.</summary>
    public const string Estimate = "estimate";

    public static IReadOnlyList<string> All { get; } = [Auto, Meter, Estimate];
}
