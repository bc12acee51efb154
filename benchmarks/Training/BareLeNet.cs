using Grid.Experiments.Datasets;
using Grid.Experiments.Models.Onnx;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Grid.Benchmarks.Training;

/// <summary>LeNet-5 (Caffe's) as one writes it by hand in TorchSharp, and the loop that trains it.</summary>
internal sealed class BareLeNet : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv1 = nn.Conv2d(1, 20, 5);
    private readonly Conv2d conv2 = nn.Conv2d(20, 50, 5);
    private readonly Linear dense1 = nn.Linear(800, 500);
    private readonly Linear dense2 = nn.Linear(500, 10);

    /// <summary>Starts from the weights of the zoo's network.</summary>
    public BareLeNet(OnnxModel start)
        : base(nameof(BareLeNet))
    {
        RegisterComponents();
        using var noGradient = no_grad();
        foreach (var (name, parameter) in named_parameters())
            parameter.copy_(tensor(start.Initializer(name)!.ToArray<float>(), parameter.shape));
    }

    public override Tensor forward(Tensor images)
    {
        var first = F.max_pool2d(conv1.forward(images), [2, 2]);
        var second = F.max_pool2d(conv2.forward(first), [2, 2]);
        return dense2.forward(dense1.forward(second.flatten(1)).relu());
    }

    /// <summary>One epoch in the order of the images.</summary>
    /// <returns>The loss of the last batch.</returns>
    public float Train(ImageSet images, int batch, double learningRate)
    {
        var floats = new float[images.Pixels.Length];
        images.CopyTo(0, images.Count, floats);
        using var pixels = tensor(floats, [images.Count, 1, images.Rows, images.Columns]);
        using var labels = tensor(images.Labels.Select(l => (long)l).ToArray());
        using var optimizer = optim.SGD(parameters(), learningRate);
        var last = float.NaN;
        for (var first = 0; first < images.Count; first += batch)
        {
            using var scope = NewDisposeScope();
            var loss = F.cross_entropy(forward(pixels.slice(0, first, first + batch, 1)), labels.slice(0, first, first + batch, 1));
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
            if (first + batch >= images.Count)
                last = loss.item<float>();
        }

        return last;
    }
}
