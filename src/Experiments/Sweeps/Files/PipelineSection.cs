using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps.Files.Yaml;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Experiments.Sweeps.Files;

/// <summary>The order of the compression stages.</summary>
internal static class PipelineSection
{
    /// <summary>Stages that a pipeline can have, by their names.</summary>
    public static IReadOnlyDictionary<string, StageKind> Stages { get; } =
        ParameterCatalog.Stages.Where(s => s != StageKind.Train).ToDictionary(ParameterCatalog.Prefix);

    /// <summary>Null, with errors, when it is not a list of distinct stages.</summary>
    public static IReadOnlyList<StageKind>? Read(YamlItem item, SweepErrors errors)
    {
        var rule = new WordRule([.. Stages.Keys]);
        var accepted = $"a list of {rule.Accepted}, each at most once, such as [{string.Join(", ", Stages.Keys)}]";
        if (ValueReader.List(item, SweepFileKeys.Pipeline, accepted, errors, canBeEmpty: true) is not { } items)
            return null;
        var pipeline = new List<StageKind>();
        foreach (var stage in items)
        {
            if (stage is YamlScalar { Text: "train" })
                errors.Add(stage, SweepFileKeys.Pipeline, $"training comes before every pipeline by itself; accepted: {rule.Accepted}.");
            else if (ValueReader.Value(stage, SweepFileKeys.Pipeline, rule, errors) is not { } name)
                continue;
            else if (pipeline.Contains(Stages[name]))
                errors.Add(stage, SweepFileKeys.Pipeline, "this stage stands in the pipeline already; accepted: each at most once.");
            else
                pipeline.Add(Stages[name]);
        }
        return pipeline.Count == items.Count ? pipeline : null;
    }
}
