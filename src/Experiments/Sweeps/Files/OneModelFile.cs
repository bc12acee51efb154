using System.Globalization;
using System.Text.Json;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Experiments.Sweeps.Files;

/// <summary>Writes the sweep file that makes one model of a sweep again, and the uncompressed one that it is compared with: the same stages, by their keys.</summary>
public static class OneModelFile
{
    private static readonly TimeSpan usualStageTime = TimeSpan.FromMinutes(30);

    /// <summary>What the files of all models of a sweep have in common; lines that end.</summary>
    public static string Head(Sweep sweep)
    {
        var lines = new List<string>
        {
            $"name: {Quoted(sweep.Name)}",
            $"model: {{ {(sweep.Model.Zoo is { } zoo ? $"{SweepFileKeys.Zoo}: {zoo}" : $"{SweepFileKeys.Onnx}: {Quoted($"./{sweep.Model.File}")}")} }}",
            $"data: {{ name: {sweep.Data.Name}, {(sweep.Data.TrainCount is { } train ? $"train: {Spell(train)}, " : "")}validation: {Spell(sweep.Data.ValidationCount)}, split-seed: {Spell(sweep.Data.SplitSeed)} }}",
        };
        foreach (var stage in sweep.Pipeline.Prepend(StageKind.Train))
            if (Mapping(ParameterCatalog.Of(stage).Where(p => sweep.Fixed.GetValueOrDefault(p.Key, p.Default) != p.Default).Select(p => (p.Name, sweep.Fixed[p.Key]))) is { } given)
                lines.Add($"{ParameterCatalog.Prefix(stage)}: {given}");
        lines.Add($"pipeline: [{string.Join(", ", sweep.Pipeline.Select(ParameterCatalog.Prefix))}]");
        lines.Add($"objectives: {Mapping(sweep.Objectives.Select(o => (o.Metric, o.Direction == Direction.Maximize ? "max" : "min")))}");
        if (Mapping(sweep.Measure.Where(m => FileSettings.Measure.Any(s => s.Name == m.Key && s.Default != m.Value)).Select(m => (m.Key, m.Value))) is { } measure)
            lines.Add($"measure: {measure}");
        if (sweep.StageTimeLimit != usualStageTime)
            lines.Add($"limits: {{ stage-time: {Spell(sweep.StageTimeLimit.TotalSeconds)}s }}");
        if (sweep.RunOn is { } place)
            lines.Add($"run-on: {{ train: {place.Train}, measure: [{string.Join(", ", place.Measure)}] }}");
        return string.Concat(lines.Select(line => line + "\n"));
    }

    /// <summary>What belongs to one model; lines that end.</summary>
    public static string Model(Sweep sweep, StageSettings config, IReadOnlyList<long> seeds)
    {
        // What is not in effect stays away, but for what leaves a stage out.
        var chosen = sweep.Space.Select(domain => (domain.Key, Value: config.GetValueOrDefault(domain.Key) ?? ParameterCatalog.Absent(domain)))
            .Where(c => c.Value is not null).DefaultIfEmpty((sweep.Space[0].Key, Value: sweep.Space[0].First));
        return $"space: {Mapping(chosen.Select(c => (c.Key, $"[{c.Value}]")))}\nseeds: [{string.Join(", ", seeds.Select(s => Spell(s)))}]\n";
    }

    private static string? Mapping(IEnumerable<(string Key, string Value)> pairs)
    {
        var text = string.Join(", ", pairs.Select(p => $"{p.Key}: {p.Value}"));
        return text.Length > 0 ? $"{{ {text} }}" : null;
    }

    /// <summary>As JSON has it, which is YAML too.</summary>
    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static string Spell(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
