using Grid.Experiments.Stages;

namespace Grid.Experiments.Compression.Quantization;

/// <summary>How to quantize, from the settings of a quantize stage.</summary>
/// <param name="Static">Weights and activations in int8; otherwise weights only.</param>
/// <param name="Bits">Width of a weight; null for automatic: 8, but without limit beside an absolute step.</param>
/// <param name="Step">The absolute step q of x_q = round(x / q) * q; null for automatic: the range over the levels.</param>
/// <param name="PerChannel">A step for each output channel rather than one for the tensor.</param>
/// <param name="Samples">Training images to calibrate with.</param>
public sealed record QuantizeSettings(
    bool Static, int? Bits, double? Step, bool PerChannel, string Calibration, double Percentile, int Samples, bool BiasCorrection)
{
    /// <summary>Largest magnitude of a weight's code; null for no limit.</summary>
    public int? LargestCode => Bits is { } bits ? (1 << (bits - 1)) - 1 : Static || Step is null ? 127 : null;

    public static QuantizeSettings From(StageSettings settings) => new(
        settings.Text("scheme") switch
        {
            "static" => true,
            "weights" => false,
            var other => throw new StageSettingsException($"There is no quantization scheme '{other}'; there are weights and static."),
        },
        Automatic(settings, "bits") ? null : settings.Integer("bits"),
        Automatic(settings, "step") ? null : settings.Number("step"),
        settings.Text("granularity", "tensor") == "channel",
        settings.Text("calibration", "min-max"),
        settings.OptionalNumber("percentile") ?? 99.99,
        settings.OptionalInteger("samples") ?? 512,
        settings.Text("bias-correction", "false") == "true");

    private static bool Automatic(StageSettings settings, string key) => settings.Text(key, "auto") == "auto";
}
