using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Randomness;

namespace Grid.Experiments.Models.Zoo;

/// <summary>Small well-known networks for 28 x 28 grey images of 10 classes, with weights drawn by seed.</summary>
public static class ModelZoo
{
    private static readonly Dictionary<string, Action<NetworkBuilder>> networks = new()
    {
        ["seed-cnn"] = net => net.Conv(32, 3).Relu().MaxPool(2).Flatten().Dense(10),

        // LeCun et al. 1998, "Gradient-based learning applied to document recognition", with ReLU, as in Han et al. 2015.
        ["lenet-300-100"] = net => net.Flatten().Dense(300).Relu().Dense(100).Relu().Dense(10),

        // Caffe's variant: 20 and 50 filters, 500 neurons, the only non-linearity besides pooling after the first dense layer.
        ["lenet-5"] = net => net.Conv(20, 5).MaxPool(2).Conv(50, 5).MaxPool(2).Flatten().Dense(500).Relu().Dense(10),
    };

    public static IReadOnlyList<string> Names { get; } = [.. networks.Keys.Order(StringComparer.Ordinal)];

    /// <summary>
    /// Input "image": float32 [batch, 1, 28, 28]; output "logits": [batch, 10]. Weights and biases are uniform within 1 / sqrt(fan-in),
    /// the default of PyTorch's layers (He et al. 2015 with gain sqrt(1/3)); equal seeds give equal bytes on every machine.
    /// </summary>
    /// <exception cref="ArgumentException">There is no network of that name.</exception>
    public static OnnxModel Create(string name, long seed)
    {
        if (!networks.TryGetValue(name, out var build))
            throw new ArgumentException($"There is no network '{name}' in the zoo; there are {string.Join(", ", Names)}.", nameof(name));
        var builder = new NetworkBuilder(new RandomStream(unchecked((ulong)seed)), channels: 1, side: 28);
        build(builder);
        return builder.Build(name);
    }
}
