using Grid.Experiments.Stages;

namespace Grid.Experiments.Sweeps.Space;

/// <summary>
/// Every parameter of every stage: the one place from which validation, defaults, canonical form and the JSON schema follow.
/// </summary>
public static class ParameterCatalog
{
    /// <summary>The widest weight that int8 kernels compute with.</summary>
    public const int BitsOfInt8 = 8;

    public static IReadOnlyList<Parameter> All { get; } =
    [
        .. Training(StageKind.Train, defaultEpochs: 5),
        .. Pruning(),
        .. Training(StageKind.FineTune, defaultEpochs: 1),
        .. Quantizing(),
    ];

    private static readonly Dictionary<string, Parameter> ByKey = All.ToDictionary(p => p.Key);
    private static readonly Dictionary<StageKind, Parameter[]> ByStage = All.GroupBy(p => p.Stage).ToDictionary(g => g.Key, g => g.ToArray());

    /// <summary>Stages with parameters, in the order in which they follow each other by default.</summary>
    public static IReadOnlyList<StageKind> Stages { get; } = [StageKind.Train, StageKind.Prune, StageKind.FineTune, StageKind.Quantize];

    public static Parameter? Find(string key) => ByKey.GetValueOrDefault(key);

    public static IReadOnlyList<Parameter> Of(StageKind stage) => ByStage[stage];

    /// <summary>
    /// What it means that a configuration lacks a parameter: the value with which its stage does nothing, where that is one of its values, as it stands in no
    /// configuration; else null, as the parameter is then not in effect.
    /// </summary>
    public static string? Absent(ParameterDomain domain) => Find(domain.Key)?.Off is { } off && domain.Values?.Contains(off) == true ? off : null;

    /// <summary>A stage's name in sweep files: what its keys begin with.</summary>
    public static string Prefix(StageKind stage) => stage.ToString().ToLowerInvariant();

    /// <summary>A value for every parameter of those stages that is not swept: the given one, else the default.</summary>
    public static StageSettings Complete(
        IEnumerable<StageKind> stages, IReadOnlyDictionary<string, string> given, IEnumerable<ParameterDomain> swept) =>
        new(stages.SelectMany(Of)
            .ExceptBy(swept.Select(d => d.Key), p => p.Key)
            .Select(p => KeyValuePair.Create(p.Key, given.GetValueOrDefault(p.Key, p.Default))));

    private static IEnumerable<Parameter> Training(StageKind stage, int defaultEpochs)
    {
        Parameter New(string name, ValueRule rule, string fallback, string description) =>
            new($"{Prefix(stage)}.{name}", stage, rule, fallback, description);

        var withSgd = Condition.Is(stage, "optimizer", "sgd");
        var purpose = stage == StageKind.Train
            ? "Passes over the training images; 0 leaves the model as it comes."
            : "Passes over the training images with pruned weights kept at zero; 0 leaves the stage out.";
        // Fine-tuning at training's own learning rate recovers more than at a tenth of it (Renda et al., ICLR 2020): one default.
        return
        [
            New("epochs", new NumberRule(0, 10_000) { Whole = true }, StageSettings.Spell(defaultEpochs), purpose) with { Off = "0" },
            New("batch", new NumberRule(1, 65_536) { Whole = true }, "128", "Images per step."),
            New("optimizer", new WordRule("adam", "sgd"), "adam", "How weights follow the gradient."),
            New("learning-rate", new NumberRule(0, 100) { AboveMinimum = true }, "0.001", "Learning rate at the start."),
            New("momentum", new NumberRule(0, 1) { BelowMaximum = true }, "0.9", "Momentum of sgd.") with { Needs = withSgd },
            New("weight-decay", new NumberRule(0, 1), "0", "L2 penalty on the weights."),
            New("schedule", new WordRule("constant", "cosine", "step"), "constant", "How the learning rate falls over the epochs."),
        ];
    }

    private static IEnumerable<Parameter> Pruning() =>
    [
        new("prune.method", StageKind.Prune, new WordRule("none", "magnitude", "channel"), "magnitude",
            "magnitude sets the smallest weights to zero; channel removes whole filters or neurons, so that shapes shrink.") { Off = "none" },
        new("prune.ratio", StageKind.Prune, new NumberRule(0, 1) { BelowMaximum = true }, "0.5",
            "Share of the weights (magnitude) or of the filters and neurons (channel) that goes.") { Off = "0" },
        new("prune.scope", StageKind.Prune, new WordRule("layer", "global"), "layer",
            "layer takes the ratio from every layer; global takes the smallest of the whole network."),
    ];

    private static IEnumerable<Parameter> Quantizing()
    {
        var isStatic = Condition.Is(StageKind.Quantize, "scheme", "static");
        return
        [
            new("quantize.scheme", StageKind.Quantize, new WordRule("none", "weights", "static"), "weights",
                "weights stores them in few bits and computes in float; static computes in int8 with calibrated ranges.") { Off = "none" },
            new("quantize.bits", StageKind.Quantize, new NumberRule(2, 16) { Whole = true, Word = "auto" }, "auto",
                "Bits of a weight. auto is 8; with scheme weights and a step of its own it is no limit. With static, which computes in int8, more than 8 stand for 8.")
                { Resolve = ResolveBits },
            new("quantize.step", StageKind.Quantize, new NumberRule(0, 1e6) { AboveMinimum = true, Word = "auto" }, "auto",
                "The absolute step q of w_q = round(w / q) * q; auto fits it to the weights and the bits."),
            new("quantize.granularity", StageKind.Quantize, new WordRule("tensor", "channel"), "tensor",
                "One step for a whole weight tensor, or one for each output channel. Per channel, an absolute step is that of the widest channel, "
                + "and the others get it in proportion to their range."),
            new("quantize.calibration", StageKind.Quantize, new WordRule("min-max", "percentile", "mse"), "min-max",
                "How the ranges of activations are chosen from the calibration images.") { Needs = isStatic },
            new("quantize.percentile", StageKind.Quantize, new NumberRule(50, 100), "99.99",
                "Percentage of the activations that the range covers.")
                { Needs = new("quantize.calibration percentile", v => isStatic.Holds(v) && v.GetValueOrDefault("calibration") == "percentile") },
            new("quantize.samples", StageKind.Quantize, new NumberRule(1, 1_000_000) { Whole = true }, "512",
                "Training images used for calibration and bias correction.")
                { Needs = new("quantize.scheme static or quantize.bias-correction true", ReadsData) },
            new("quantize.bias-correction", StageKind.Quantize, new FlagRule(), "false",
                "Takes the mean error that quantized weights cause out of the biases."),
        ];
    }

    /// <summary>Whether a quantize stage with these values looks at images.</summary>
    public static bool ReadsData(IReadOnlyDictionary<string, string> quantize) =>
        quantize.GetValueOrDefault("scheme") == "static" || quantize.GetValueOrDefault("bias-correction") == "true";

    private static string ResolveBits(string bits, IReadOnlyDictionary<string, string> quantize)
    {
        var unclamped = quantize.GetValueOrDefault("scheme") == "weights" && quantize.GetValueOrDefault("step") != "auto";
        var isWider = quantize.GetValueOrDefault("scheme") == "static" && NumberRule.TryParse(bits, out var number) && number > BitsOfInt8;
        return isWider || (bits == "auto" && !unclamped) ? StageSettings.Spell(BitsOfInt8) : bits;
    }
}
