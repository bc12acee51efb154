using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps.Files.Yaml;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Experiments.Sweeps.Files;

/// <summary>Reads all sections of one file, however many of them are wrong.</summary>
/// <param name="folder">Where the paths of the file begin.</param>
internal sealed class SweepFileReader(string folder, SweepErrors errors)
{
    public SweepReading Read(YamlMap root)
    {
        var file = Section.Of(root, null, SweepFileKeys.All, errors, Misplaced);
        foreach (var missing in SweepFileKeys.Required.Where(k => file[k] is null))
            errors.Add(root.Line, null, missing, null, $"this key is missing; accepted: {Example(missing)}.");

        var name = file.Value(FileSettings.Name);
        var data = DataSection.Read(file[SweepFileKeys.Data], errors);
        var (model, modelFile) = file[SweepFileKeys.Model] is { } source ? ModelSection.Read(source, folder, data, errors) : default;
        var pipeline = file[SweepFileKeys.Pipeline] is { } stages ? PipelineSection.Read(stages, errors) : null;
        var fixedValues = FixedValues.Read(file, errors);
        CheckSections(file, pipeline);
        var strategy = StrategySection.Read(file[SweepFileKeys.Strategy], errors);
        IReadOnlyList<ParameterDomain> space = file[SweepFileKeys.Space] is { } swept ? SpaceSection.Read(swept, pipeline, fixedValues, strategy, errors) : [];
        QuantizeCheck.Run(file[SweepFileKeys.Space] as YamlMap, space, fixedValues, errors);
        var objectives = file[SweepFileKeys.Objectives] is { } wanted ? ObjectivesSection.Read(wanted, errors) : [];
        var constraints = ConstraintsSection.Read(file[SweepFileKeys.Constraints], errors);
        var seeds = SeedsSection.Read(file[SweepFileKeys.Seeds], errors);
        var measure = Section.Of(file[SweepFileKeys.Measure], SweepFileKeys.Measure, [.. FileSettings.Measure.Select(s => s.Name)], errors)
            .Read(FileSettings.Measure);
        var stageTime = LimitsSection.Read(file[SweepFileKeys.Limits], errors);
        var runOn = RunOnSection.Read(file[SweepFileKeys.RunOn], errors);
        var budget = BudgetSection.Read(file[SweepFileKeys.Budget], seeds, errors);
        if (errors.Any)
            return new SweepReading(null, null, errors.All);
        return new SweepReading(
            new Sweep
            {
                Name = name!,
                Model = model!,
                Data = data,
                Pipeline = pipeline!,
                Fixed = ParameterCatalog.Complete(pipeline!.Prepend(StageKind.Train), fixedValues.Given, space),
                Space = space,
                Objectives = objectives,
                Constraints = constraints,
                Strategy = strategy!,
                Seeds = seeds,
                Measure = measure,
                StageTimeLimit = stageTime,
                RunOn = runOn,
                Budget = budget,
            },
            modelFile,
            []);
    }

    private void CheckSections(Section file, IReadOnlyList<StageKind>? pipeline)
    {
        foreach (var (name, stage) in PipelineSection.Stages)
            if (pipeline is not null && !pipeline.Contains(stage) && file[name] is { } section)
                errors.Add(section, name, "the pipeline has no such stage; accepted: this section only beside a pipeline with it.");
    }

    private static string? Misplaced(string name) =>
        ParameterCatalog.Find(name) is { } parameter
            ? $"values to try stand in {SweepFileKeys.Space} as {name}, a fixed one in {ParameterCatalog.Prefix(parameter.Stage)} as {parameter.Name}; "
            : null;

    private static string Example(string key) => key switch
    {
        SweepFileKeys.Model => $"{{ {SweepFileKeys.Zoo}: NAME }} or {{ {SweepFileKeys.Onnx}: FILE }}",
        SweepFileKeys.Pipeline => $"a list of stages, such as [{string.Join(", ", PipelineSection.Stages.Keys)}]",
        SweepFileKeys.Space => "a mapping of parameters to the values to try, such as { prune.ratio: [0, 0.5] }",
        SweepFileKeys.Objectives => "a mapping of metrics to max or min, such as { accuracy: max, latency: min }",
        _ => FileSettings.Name.Rule.Accepted,
    };
}
