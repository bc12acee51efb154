namespace Grid.Experiments.Compression.Quantization;

/// <summary>
/// The weights of one layer on a uniform grid around zero: x_q = code * step, code = round(x / step), half to even. Zero is a level, so
/// that pruned weights stay zero.
/// </summary>
/// <param name="Codes">One for each weight, in its place.</param>
/// <param name="Steps">One, or one for each output channel.</param>
/// <param name="Clamped">Weights that lay beyond the largest code.</param>
public sealed record QuantizedWeights(WeightLayer Layer, int[] Codes, float[] Steps, int Clamped)
{
    /// <summary>Weights that were not zero and became it.</summary>
    public int Vanished { get; private init; }

    /// <summary>
    /// Automatic step: the largest magnitude over the largest code, of the tensor or of each channel. Absolute step q: that step; per channel,
    /// the widest channel gets q and each other one q times its share of the widest's range, so that all have as many levels.
    /// </summary>
    public static QuantizedWeights Of(WeightLayer layer, QuantizeSettings settings)
    {
        var weights = layer.Weight.ToArray<float>();
        var steps = StepsOf(layer, weights, settings);
        var codes = new int[weights.Length];
        var (clamped, vanished) = (0, 0);
        for (var i = 0; i < weights.Length; i++)
        {
            var code = Math.Round((double)weights[i] / steps[steps.Length == 1 ? 0 : layer.OutputOf(i)], MidpointRounding.ToEven);
            var limit = settings.LargestCode ?? int.MaxValue;
            if (Math.Abs(code) > limit)
            {
                clamped++;
                code = Math.CopySign(limit, code);
            }

            codes[i] = (int)code;
            vanished += codes[i] == 0 && weights[i] != 0 ? 1 : 0;
        }

        return new QuantizedWeights(layer, codes, steps, clamped) { Vanished = vanished };
    }

    /// <summary>The weights the model computes with: code * step in float32.</summary>
    public float[] Decoded()
    {
        var decoded = new float[Codes.Length];
        for (var i = 0; i < decoded.Length; i++)
            decoded[i] = Codes[i] * Steps[Steps.Length == 1 ? 0 : Layer.OutputOf(i)];
        return decoded;
    }

    private static float[] StepsOf(WeightLayer layer, float[] weights, QuantizeSettings settings)
    {
        var ranges = new double[settings.PerChannel ? layer.Outputs : 1];
        for (var i = 0; i < weights.Length; i++)
        {
            ref var range = ref ranges[settings.PerChannel ? layer.OutputOf(i) : 0];
            range = Math.Max(range, Math.Abs(weights[i]));
        }

        var widest = ranges.Max();
        return [.. ranges.Select(range => Usable(settings.Step is { } step
            ? step * (widest > 0 && range > 0 ? range / widest : 1)
            : range / settings.LargestCode!.Value))];
    }

    /// <summary>Of an all-zero tensor any step gives back all zeros; it must only not divide by zero.</summary>
    private static float Usable(double step) => (float)step is var single && float.IsFinite(single) && single > 1e-30f ? single : 1f;
}
