using Grid.Experiments.Datasets;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps.Space;
using Grid.Experiments.Sweeps.Strategies;

namespace Grid.Experiments.Sweeps.Files;

/// <summary>
/// Every key of a sweep file that takes one value, beside the parameters of stages: the one place from which reading, defaults and the
/// JSON schema follow.
/// </summary>
internal static class FileSettings
{
    private const double LargestSeed = int.MaxValue;

    public static FileSetting Name { get; } = new(
        SweepFileKeys.Name, new TextRule("[A-Za-z][A-Za-z0-9._-]{0,63}", "a letter, then up to 63 letters, digits, dots, hyphens or underscores"), null,
        "Names the experiments of this sweep.");

    public static IReadOnlyList<FileSetting> Model { get; } =
    [
        new(SweepFileKeys.Zoo, new WordRule([.. ModelZoo.Names]), null, "A network that Grid brings along, with weights drawn by seed."),
        new(SweepFileKeys.Onnx, new TextRule(".{1,1000}", "the path of an .onnx file"), null, "A network of your own: an .onnx file, from the folder of this file on."),
    ];

    public static IReadOnlyList<FileSetting> Data { get; } =
    [
        new("name", new WordRule([.. DatasetCatalog.All.Select(d => d.Name)]), DatasetCatalog.GeneratedDigits,
            string.Join(". ", DatasetCatalog.All.Select(d => $"{d.Name}: {d.Description}")) + "."),
        new("train", new NumberRule(1, 1e9) { Whole = true }, null, "Images to train on; all that validation leaves when it is not given."),
        new("validation", new NumberRule(1, 1e9) { Whole = true }, null,
            "Images held out of the training files, by which trials are compared; "
            + $"{string.Join(", ", DatasetCatalog.All.Select(d => $"{d.DefaultValidation} of {d.Name}"))} when it is not given."),
        new("split-seed", new NumberRule(0, LargestSeed) { Whole = true }, "1", "Seed of the split into training and validation."),
    ];

    public static IReadOnlyList<FileSetting> Strategy { get; } =
    [
        new("name", new WordRule([.. SweepStrategies.Names]), SweepStrategies.Grid,
            "grid tries every combination; random and sobol draw as many as the budget says, sobol more evenly."),
        new("budget", new NumberRule(1, SearchSpace.MostCombinations) { Whole = true }, null, "Configurations to try with each seed."),
        new("seed", new NumberRule(0, LargestSeed) { Whole = true }, "1", "Seed of what random and sobol draw."),
    ];

    public static FileSetting Seed { get; } = new(
        SweepFileKeys.Seeds, new NumberRule(0, LargestSeed) { Whole = true }, "1", "Seeds of weights and training: every configuration is tried with each of them.");

    /// <summary>How points are measured; the measure stage reads these.</summary>
    public static IReadOnlyList<FileSetting> Measure { get; } =
    [
        new("threads", new NumberRule(1, 256) { Whole = true }, "1", "Threads of one inference."),
        new("sessions", new NumberRule(1, 100) { Whole = true }, "3", "Independent repetitions of the measurement beside the uncompressed reference."),
        new("warmup", new NumberRule(0, 100_000) { Whole = true }, "20", "Inferences before those that count."),
        new("min-runs", new NumberRule(1, 1_000_000) { Whole = true }, "200", "Fewest inferences that count in a session."),
        new("min-time", new NumberRule(0, 3_600), "0.3", "Shortest time of a session, in seconds."),
        new("batch", new NumberRule(1, 65_536) { Whole = true }, "64", "Images in one inference when throughput is measured."),
        // Without defaults, so that a sweep which names neither keeps the id that it always had.
        new("energy", new WordRule("auto", "meter", "estimate"), null,
            "Where the energy of an inference comes from: a meter, or an estimate from operations and bytes; auto, as when it is not given, takes a meter "
            + "where the machine has one."),
        new("energy-time", new NumberRule(0, 3_600), null,
            "Shortest time that a meter of energy is watched, in seconds, for the idle machine and for inference in each session; 1 when it is not given."),
    ];

    public static IReadOnlyList<FileSetting> Limits { get; } =
    [
        new("stage-time", Quantity.TimeRule, "30m",
            "Longest time that one attempt at a stage may take."),
    ];

    /// <summary>What a sweep may take in all; whatever is not given has no limit.</summary>
    public static IReadOnlyList<FileSetting> Budget { get; } =
    [
        new(SweepBudget.EnergyName, Quantity.EnergyRule, null,
            "Energy of the stages that are carried out for the sweep, as the meters of the machines count it; needs a meter, or GRID_CORE_WATTS, on each of them."),
        new(SweepBudget.TimeName, Quantity.TimeRule, null, "Time in which the sweep runs."),
        new(SweepBudget.TrialsName, new NumberRule(1, SearchSpace.MostCombinations) { Whole = true }, null,
            "Trials that are begun, the uncompressed model with each seed among them."),
    ];

    /// <summary>What silos train on.</summary>
    public static FileSetting Accelerator { get; } = new(
        "train", new WordRule([PoolNames.Cpu, PoolNames.Cuda]), PoolNames.Cpu,
        "What models are trained and compressed on; cuda needs a cluster with a silo started with --accelerator cuda.");

    /// <summary>One or a list of them.</summary>
    public static FileSetting Device { get; } = new(
        "measure", new TextRule(PoolNames.DevicePattern, "1 to 63 letters, digits, dots, hyphens or underscores"), PoolNames.LocalDevice,
        "Class of machines that models are measured on, or a list of classes, each of which gets a frontier of its own; others than local "
        + "need a cluster with a silo started with --device-class NAME.");
}
