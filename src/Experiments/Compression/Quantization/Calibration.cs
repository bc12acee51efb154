using Grid.Experiments.Datasets;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Torch;
using Grid.Experiments.Stages;
using static TorchSharp.torch;

namespace Grid.Experiments.Compression.Quantization;

/// <summary>Runs training images through float models and looks at what comes by.</summary>
/// <param name="samples">How many: the first of the training split, whose order the split's seed has drawn.</param>
internal sealed class Calibration(ImageSet images, int samples, CancellationToken cancellation)
{
    private const int Batch = 64;
    private readonly int count = Math.Min(samples, images.Count);

    /// <summary>The range of every tensor of a model, by name.</summary>
    /// <param name="withHistogram">Count the values, too, which takes a second pass; without, only the extremes are known.</param>
    public IReadOnlyDictionary<string, ActivationRange> Ranges(OnnxModel model, bool withHistogram)
    {
        var ranges = new Dictionary<string, ActivationRange>();
        Run(model, (name, tensor) =>
        {
            if (!ranges.TryGetValue(name, out var range))
                ranges[name] = range = new ActivationRange();
            range.Widen(tensor.min().item<float>(), tensor.max().item<float>());
        });
        if (ranges.FirstOrDefault(r => !double.IsFinite(r.Value.Low) || !double.IsFinite(r.Value.High)).Key is { } infinite)
            throw new StageException($"the model makes infinite values at '{infinite}'; it cannot be quantized.");
        if (withHistogram)
            Run(model, (name, tensor) => ranges[name].Count(tensor.contiguous().data<float>()));
        return ranges;
    }

    /// <summary>The mean over the images of each of those tensors, for each index along axis 1: per channel or neuron.</summary>
    public IReadOnlyDictionary<string, double[]> ChannelMeans(OnnxModel model, IReadOnlySet<string> tensors)
    {
        var means = new Dictionary<string, double[]>();
        Run(model, (name, tensor) =>
        {
            if (!tensors.Contains(name))
                return;
            var all = Enumerable.Range(0, (int)tensor.dim()).Where(axis => axis != 1).Select(axis => (long)axis);
            var batch = tensor.mean([.. all], type: ScalarType.Float64).data<double>().ToArray();
            var sums = means.TryGetValue(name, out var known) ? known : means[name] = new double[batch.Length];
            for (var c = 0; c < batch.Length; c++)
                sums[c] += batch[c] * tensor.shape[0] / count;
        });
        return means;
    }

    private void Run(OnnxModel model, Action<string, Tensor> observe)
    {
        using var noGradient = no_grad();
        using var graph = new TrainableGraph(model);
        for (var first = 0; first < count; first += Batch)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var size = Math.Min(Batch, count - first);
            var pixels = new float[size * images.PixelsPerImage];
            images.CopyTo(first, size, pixels);
            graph.Forward(tensor(pixels, [size, 1, images.Rows, images.Columns]), observe);
        }
    }
}
