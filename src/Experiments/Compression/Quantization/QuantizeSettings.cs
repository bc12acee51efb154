using Grid.Experiments.Stages;

namespace Grid.Experiments.Compression.Quantization;

/// <summary>How to quantize, from the settings of a quantize stage.</summary>
/// <param name="Static">Weights and activations in int8; otherwise weights only.</param>
/// <param name="Bits">Width of a weight, 2 to 16, with static 2 to 8; null for automatic: 8, but without limit beside an absolute step.</param>
/// <param name="Step">The absolute step q of x_q = round(x / q) * q; null for automatic: the range over the levels.</param>
/// <param name="PerChannel">A step for each output channel rather than one for the tensor.</param>
/// <param name="Calibration">min-max, percentile or mse: which range of its activations a tensor's 256 levels cover.</param>
/// <param name="Percentile">Share of the activations, 50 to 100, that the range covers; see <see cref="ActivationRange.Percentile"/>.</param>
/// <param name="Samples">Training images to calibrate with, at least 1.</param>
public sealed record QuantizeSettings(
    bool Static, int? Bits, double? Step, bool PerChannel, string Calibration, double Percentile, int Samples, bool BiasCorrection)
{
    /// <summary>Largest magnitude of a weight's code; null for no limit.</summary>
    public int? LargestCode => Bits is { } bits ? (1 << (bits - 1)) - 1 : Static || Step is null ? 127 : null;

    /// <exception cref="StageSettingsException">A setting has no meaning; the message names it, its value and what it can be.</exception>
    public static QuantizeSettings From(StageSettings settings)
    {
        var isStatic = settings.Word("scheme", "weights", "static") == "static";
        var widest = isStatic ? 8 : 16;
        return new QuantizeSettings(
            isStatic,
            IsAutomatic(settings, "bits") ? null : Within(
                settings, "bits", settings.Integer("bits"), bits => bits >= 2 && bits <= widest, $"2 to {widest} with this scheme"),
            IsAutomatic(settings, "step") ? null : Within(
                settings, "step", settings.Number("step"), step => step > 0 && double.IsFinite(step), "a number above 0"),
            settings.Word("granularity", "tensor", "channel") == "channel",
            settings.Word("calibration", "min-max", "percentile", "mse"),
            Within(settings, "percentile", settings.OptionalNumber("percentile") ?? 99.99, share => share is >= 50 and <= 100, "50 to 100"),
            Within(settings, "samples", settings.OptionalInteger("samples") ?? 512, count => count >= 1, "1 or more"),
            settings.Word("bias-correction", "false", "true") == "true");
    }

    private static bool IsAutomatic(StageSettings settings, string key) => settings.Text(key, "auto") == "auto";

    private static T Within<T>(StageSettings settings, string key, T value, Func<T, bool> isWithin, string range) => isWithin(value)
        ? value
        : throw new StageSettingsException($"The setting '{key}' is '{settings.Text(key)}'; it can be {range}.");
}
