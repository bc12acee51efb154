using Grid.Experiments.Datasets;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Torch;
using Grid.Experiments.Stages;
using static TorchSharp.torch;

namespace Grid.Experiments.Compression.Quantization;

/// <summary>Runs training images through the float model and looks at what comes by.</summary>
internal sealed class Calibration(OnnxModel model, ImageSet images, int samples)
{
    private const int Batch = 64;

    /// <summary>The first images of the training split, whose order the split's seed has drawn.</summary>
    private readonly int count = Math.Min(samples, images.Count);

    /// <summary>The range of every tensor of the model, by name.</summary>
    public IReadOnlyDictionary<string, ActivationRange> Ranges()
    {
        var ranges = new Dictionary<string, ActivationRange>();
        Run((name, tensor) =>
        {
            if (!ranges.TryGetValue(name, out var range))
                ranges[name] = range = new ActivationRange();
            range.Widen(tensor.min().item<float>(), tensor.max().item<float>());
        });
        Run((name, tensor) =>
        {
            var range = ranges[name];
            if (!double.IsFinite(range.Low) || !double.IsFinite(range.High))
                throw new StageException($"the model makes infinite values at '{name}'; it cannot be quantized.");
            range.Count(tensor.contiguous().data<float>());
        });
        return ranges;
    }

    /// <summary>
    /// For each layer and output channel, the mean over the images of what quantization of its weights takes from its output: E[W x] - E[W_q x]
    /// with x from the float model (Nagel et al. 2019, arXiv 1906.04721, section 4.2, with data instead of normalisation statistics).
    /// </summary>
    public IReadOnlyDictionary<string, float[]> OutputShift(IReadOnlyList<QuantizedWeights> layers)
    {
        var sums = layers.ToDictionary(l => l.Layer.Node.Name, l => new double[l.Layer.Outputs]);
        using var scope = NewDisposeScope();
        var errors = layers.ToLookup(l => l.Layer.Node.Inputs[0], l => (l.Layer, Error: tensor(
            [.. l.Layer.Weight.ToArray<float>().Zip(l.Decoded(), (exact, quantized) => exact - quantized)], l.Layer.Weight.Shape)));
        Run((name, input) =>
        {
            foreach (var (layer, error) in errors[name])
            {
                var shift = LayerOutput.Of(layer, input, error);
                // Mean over everything but the channels, weighted by the images of the batch.
                var mean = shift.mean([.. Enumerable.Range(0, (int)shift.dim()).Where(d => d != 1).Select(d => (long)d)]);
                var values = mean.data<float>().ToArray();
                for (var c = 0; c < values.Length; c++)
                    sums[layer.Node.Name][c] += values[c] * (double)input.shape[0] / count;
            }
        });
        return sums.ToDictionary(s => s.Key, s => s.Value.Select(v => (float)v).ToArray());
    }

    private void Run(Action<string, Tensor> observe)
    {
        using var noGradient = no_grad();
        using var graph = new TrainableGraph(model);
        for (var first = 0; first < count; first += Batch)
        {
            using var scope = NewDisposeScope();
            var size = Math.Min(Batch, count - first);
            var pixels = new float[size * images.PixelsPerImage];
            images.CopyTo(first, size, pixels);
            graph.Forward(tensor(pixels, [size, 1, images.Rows, images.Columns]), observe);
        }
    }
}
