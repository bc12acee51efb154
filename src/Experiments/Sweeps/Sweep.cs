using System.Text.Json.Serialization;
using Grid.Experiments.Datasets;
using Grid.Experiments.Frontier;
using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Experiments.Sweeps;

/// <summary>A sweep file after reading: valid, complete (defaults filled in) and independent of where the file lay.</summary>
public sealed record Sweep
{
    public required string Name { get; init; }
    public required ModelSource Model { get; init; }
    public required DataSettings Data { get; init; }

    /// <summary>The compression stages in order: each of prune, finetune, quantize at most once.</summary>
    public required IReadOnlyList<StageKind> Pipeline { get; init; }

    /// <summary>Values of the parameters that are not swept, by key, e.g. "train.epochs".</summary>
    public required StageSettings Fixed { get; init; }

    /// <summary>The swept parameters, in the order of the file.</summary>
    public required IReadOnlyList<ParameterDomain> Space { get; init; }
    public required IReadOnlyList<Objective> Objectives { get; init; }
    public required IReadOnlyList<Constraint> Constraints { get; init; }
    public required StrategySettings Strategy { get; init; }
    public required IReadOnlyList<long> Seeds { get; init; }

    /// <summary>How points are measured; part of the measure stage's key.</summary>
    public required StageSettings Measure { get; init; }

    /// <summary>Longest time one attempt at a stage may take before its runner is killed.</summary>
    public required TimeSpan StageTimeLimit { get; init; }

    /// <summary>Null for <see cref="Sweeps.RunOn.Default"/>: a sweep that asks for nothing else is the same as before it could.</summary>
    public RunOn? RunOn { get; init; }

    /// <summary>Null for no limit.</summary>
    public SweepBudget? Budget { get; init; }

    /// <summary>What its stages are trained on: cpu or cuda.</summary>
    [JsonIgnore]
    public string Accelerator => (RunOn ?? RunOn.Default).Train;

    /// <summary>The classes of machines that each model is measured on; the first is the one shown unless told.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Devices => (RunOn ?? RunOn.Default).Measure;

    /// <summary>The pools that its stages belong to.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Pools => (RunOn ?? RunOn.Default).Pools;
}

/// <summary>The network a sweep starts from: a name of the zoo, or a user's file by its content.</summary>
/// <param name="Zoo">Name in the zoo; null for a file.</param>
/// <param name="Sha256">SHA-256 of the user's file, under which it lies in the artifact store; null for the zoo.</param>
/// <param name="File">The file's name for people; never opened again once the sweep is submitted.</param>
public sealed record ModelSource(string? Zoo, string? Sha256 = null, string? File = null);

/// <param name="Name">grid, random or sobol.</param>
/// <param name="Budget">Trials to ask for; null for all of a grid.</param>
public sealed record StrategySettings(string Name, int? Budget, long Seed);
