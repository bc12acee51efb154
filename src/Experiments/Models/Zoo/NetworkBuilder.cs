using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Randomness;

namespace Grid.Experiments.Models.Zoo;

/// <summary>Strings layers together, keeping track of the shape between them: square images, then vectors.</summary>
internal sealed class NetworkBuilder(RandomStream random, int channels, int side)
{
    private readonly OnnxValue input = new("image", OnnxElementType.Float, [OnnxDimension.Batch, channels, side, side]);
    private readonly List<OnnxNode> nodes = [];
    private readonly List<OnnxTensor> weights = [];
    private string last = "image";
    private int channels = channels;
    private int side = side;
    private int features;

    public NetworkBuilder Conv(int filters, int kernel)
    {
        var name = NextName("conv");
        AddWeights(name, [filters, channels, kernel, kernel], channels * kernel * kernel);
        Add("Conv", name, [last, $"{name}.weight", $"{name}.bias"], new OnnxArgument { Name = "kernel_shape", Ints = [kernel, kernel] });
        (channels, side) = (filters, side - kernel + 1);
        return this;
    }

    public NetworkBuilder MaxPool(int kernel)
    {
        Add("MaxPool", NextName("pool"), [last],
            new OnnxArgument { Name = "kernel_shape", Ints = [kernel, kernel] }, new OnnxArgument { Name = "strides", Ints = [kernel, kernel] });
        side /= kernel;
        return this;
    }

    public NetworkBuilder Relu()
    {
        Add("Relu", NextName("relu"), [last]);
        return this;
    }

    public NetworkBuilder Flatten()
    {
        Add("Flatten", NextName("flatten"), [last]);
        features = channels * side * side;
        return this;
    }

    public NetworkBuilder Dense(int outputs)
    {
        var name = NextName("dense");
        AddWeights(name, [outputs, features], features);
        Add("Gemm", name, [last, $"{name}.weight", $"{name}.bias"], new OnnxArgument { Name = "transB", Int = 1 });
        features = outputs;
        return this;
    }

    public OnnxModel Build(string name)
    {
        nodes[^1] = nodes[^1] with { Outputs = ["logits"] };
        return new OnnxModel
        {
            GraphName = name,
            Nodes = nodes,
            Initializers = weights,
            Inputs = [input],
            Outputs = [new OnnxValue("logits", OnnxElementType.Float, [OnnxDimension.Batch, features])],
        };
    }

    private void AddWeights(string name, long[] shape, int fanIn)
    {
        var bound = 1 / MathF.Sqrt(fanIn);
        weights.Add(OnnxTensor.Floats($"{name}.weight", shape, Uniform(shape.Aggregate(1L, (a, b) => a * b), bound)));
        weights.Add(OnnxTensor.Floats($"{name}.bias", [shape[0]], Uniform(shape[0], bound)));
    }

    private float[] Uniform(long count, float bound)
    {
        var values = new float[count];
        for (var i = 0; i < values.Length; i++)
            values[i] = ((2 * random.NextFloat()) - 1) * bound;
        return values;
    }

    private void Add(string type, string name, string[] inputs, params OnnxArgument[] attributes)
    {
        nodes.Add(new OnnxNode { Operator = type, Name = name, Inputs = inputs, Outputs = [$"{name}.out"], Attributes = attributes });
        last = $"{name}.out";
    }

    private string NextName(string kind) => $"{kind}{nodes.Count(n => n.Name.StartsWith(kind, StringComparison.Ordinal)) + 1}";
}
