using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Experiments.Sweeps.Planning;

/// <summary>Turns the configurations of one sweep into chains of stages.</summary>
public sealed class ChainBuilder(Sweep sweep)
{
    private readonly SearchSpace space = new(sweep);
    private readonly StageSettings[] measurements = [.. sweep.Devices.Select(device => MeasuredOn(sweep.Measure, device))];

    public TrialChain Build(TrialConfiguration configuration)
    {
        var stages = new List<StageSpec> { Source(configuration.Seed) };
        var reference = stages[0].Key;
        foreach (var stage in space.Stages)
        {
            if (stage.Settings(configuration.Values) is not { } settings)
                continue;
            stages.Add(Stage(stage.Stage, settings, stages[^1].Key, configuration.Seed));
            if (stage.Stage == StageKind.Train)
                reference = stages[^1].Key;
        }

        var model = stages[^1].Key;
        stages.AddRange(measurements.Select(settings => new StageSpec(StageKind.Measure, settings, model, reference, sweep.Data)));
        return new TrialChain(stages, new StageSpec(StageKind.Test, StageSettings.Empty, model, Data: sweep.Data));
    }

    /// <summary>Numbers of two classes never mix. The class that every machine has by itself is not named, and its numbers keep their keys.</summary>
    private static StageSettings MeasuredOn(StageSettings settings, string device) =>
        device == PoolNames.LocalDevice ? settings : new StageSettings([.. settings, new(PoolNames.DeviceSetting, device)]);

    private StageSpec Source(long seed) => sweep.Model.Zoo is { } zoo
        ? new StageSpec(StageKind.Source, new StageSettings([new("zoo", zoo)]), Seed: seed)
        : new StageSpec(StageKind.Source, new StageSettings([new("onnx", sweep.Model.Sha256!)]));

    /// <summary>Data and seed belong to the key only of a stage that uses them: the others are shared more widely.</summary>
    private StageSpec Stage(StageKind kind, StageSettings settings, string parent, long seed) => kind switch
    {
        StageKind.Train or StageKind.FineTune => new(kind, settings, parent, Data: sweep.Data, Seed: seed),
        StageKind.Quantize when ParameterCatalog.ReadsData(settings) => new(kind, settings, parent, Data: sweep.Data),
        _ => new(kind, settings, parent),
    };
}
