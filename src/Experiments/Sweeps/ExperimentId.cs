using Grid.Experiments.Stages;

namespace Grid.Experiments.Sweeps;

/// <summary>The identity of an experiment: equal sweeps are one experiment, wherever and whenever they are submitted.</summary>
public static class ExperimentId
{
    /// <summary>The sweep's name and the first 8 hexadecimal digits of the SHA-256 of its JSON, in which the name of a model file does not count.</summary>
    public static string Of(Sweep sweep)
    {
        var content = sweep with { Model = sweep.Model with { File = null } };
        return $"{sweep.Name}-{Sha256Text.Of(SweepJson.Write(content))[..8]}";
    }
}
