using Grid.Experiments.Stages;

namespace Grid.Experiments.Compression.Quantization;

/// <summary>
/// The weights of one layer on a uniform grid around zero: x_q = code * step, code = round(x / step), half to even. Zero is a level, so
/// that pruned weights stay zero.
/// </summary>
/// <param name="Codes">One for each weight, in its place.</param>
/// <param name="Steps">One, or one for each output channel.</param>
/// <param name="Clamped">Weights that lay beyond the largest code.</param>
/// <param name="Vanished">Weights that were not zero and became it.</param>
public sealed record QuantizedWeights(WeightLayer Layer, int[] Codes, float[] Steps, int Clamped, int Vanished)
{
    /// <summary>The smallest step whose reciprocal is finite.</summary>
    private const float SmallestStep = 1.1754944e-38f;

    private int LargestCode { get; init; }

    /// <summary>
    /// Automatic step: the largest magnitude over the largest code, of the tensor or of each channel. Absolute step q: that step; per channel,
    /// the widest channel gets q and each other one q times its share of the widest's range, so that all have as many levels.
    /// </summary>
    /// <exception cref="StageException">A weight is infinite or not a number.</exception>
    public static QuantizedWeights Of(WeightLayer layer, QuantizeSettings settings)
    {
        var weights = layer.Weight.ToArray<float>();
        if (!weights.All(float.IsFinite))
            throw new StageException($"the weights '{layer.Weight.Name}' of {layer.Node} are not all finite numbers; they cannot be quantized.");
        return Encode(layer, weights, StepsOf(layer, weights, settings), settings.LargestCode ?? int.MaxValue);
    }

    /// <summary>The same weights with no step below the given ones, of which there are as many as of <see cref="Steps"/>.</summary>
    public QuantizedWeights WithStepsFrom(IReadOnlyList<float> least) => Steps.Zip(least).All(s => s.First >= s.Second)
        ? this
        : Encode(Layer, Layer.Weight.ToArray<float>(), [.. Steps.Zip(least, Math.Max)], LargestCode);

    /// <summary>The weights the model computes with: code * step in float32.</summary>
    public float[] Decoded()
    {
        var decoded = new float[Codes.Length];
        for (var i = 0; i < decoded.Length; i++)
            decoded[i] = Codes[i] * Steps[Steps.Length == 1 ? 0 : Layer.OutputOf(i)];
        return decoded;
    }

    private static QuantizedWeights Encode(WeightLayer layer, float[] weights, float[] steps, int largestCode)
    {
        var codes = new int[weights.Length];
        var (clamped, vanished) = (0, 0);
        for (var i = 0; i < weights.Length; i++)
        {
            var code = Math.Round((double)weights[i] / steps[steps.Length == 1 ? 0 : layer.OutputOf(i)], MidpointRounding.ToEven);
            if (Math.Abs(code) > largestCode)
            {
                clamped++;
                code = Math.CopySign(largestCode, code);
            }

            codes[i] = (int)code;
            vanished += codes[i] == 0 && weights[i] != 0 ? 1 : 0;
        }

        return new QuantizedWeights(layer, codes, steps, clamped, vanished) { LargestCode = largestCode };
    }

    private static float[] StepsOf(WeightLayer layer, float[] weights, QuantizeSettings settings)
    {
        var ranges = new double[settings.PerChannel ? layer.Outputs : 1];
        for (var i = 0; i < weights.Length; i++)
        {
            ref var range = ref ranges[settings.PerChannel ? layer.OutputOf(i) : 0];
            range = Math.Max(range, Math.Abs(weights[i]));
        }

        // Any step gives back all zeros of a channel that has nothing else; that of the widest channel is as good for its bias, too.
        var widest = ranges.Max() is var max && max > 0 ? max : 1;
        return [.. ranges.Select(r => r > 0 ? r : widest).Select(range => Math.Max(SmallestStep, (float)(settings.Step is { } step
            ? step * range / widest
            : range / settings.LargestCode!.Value)))];
    }
}
