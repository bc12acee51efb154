using Grid.Experiments.Models.Onnx;

namespace Grid.Experiments.Measurement.Energy;

/// <summary>What one inference at batch 1 moves.</summary>
/// <param name="WeightBytes">
/// Every constant of the file, once, from DRAM, in the bytes that the file stores: an int8 weight is 1, a float32 weight that is zero is 4.
/// </param>
/// <param name="ActivationBytes">What nodes read of and write to buffers of activations, 1 byte an element on integers and 4 in float32.</param>
/// <param name="ActivationJoules">The energy of those, each buffer in the smallest memory that holds it.</param>
public sealed record MemoryTraffic(long WeightBytes, long ActivationBytes, double ActivationJoules)
{
    /// <summary>They only give a buffer another shape or name.</summary>
    private static readonly HashSet<string> views = ["Flatten", "Reshape", "Identity", "Dropout"];

    public double Joules => (WeightBytes * EnergyTable.DramByte) + ActivationJoules;

    internal static MemoryTraffic Of(OnnxModel model, Execution execution, IReadOnlyDictionary<string, long[]> shapes)
    {
        var read = model.Nodes.SelectMany(n => n.Inputs).ToHashSet();
        var weights = model.Initializers.Where(t => read.Contains(t.Name)).Sum(t => t.Data.LongLength)
            + model.Nodes.Where(n => n.Operator == "Constant").Sum(n => ConstantNodes.ValueOf(n)!.Data.LongLength);
        var buffers = model.Nodes.Where(n => !views.Contains(n.Operator) && !execution.IsFused(n))
            .SelectMany(n => n.Inputs.Distinct().Concat(n.Outputs.Take(1)))
            .Where(t => t.Length > 0 && !execution.IsConstant(t))
            .Select(t => shapes[t].Aggregate(execution.InIntegers(t) ? 1L : sizeof(float), (product, length) => product * length))
            .ToList();
        return new MemoryTraffic(weights, buffers.Sum(), buffers.Sum(bytes => bytes * EnergyTable.BufferByte(bytes)));
    }
}
