using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Measurement.Energy;

/// <summary>Arithmetic operations of one inference at batch 1, by the precision they run in. Comparisons and roundings count as additions.</summary>
/// <param name="FloatMultiplies">In float32, as the next.</param>
/// <param name="Int8Multiplies">8-bit factors.</param>
/// <param name="Int8Adds">Of 8-bit codes, such as the comparisons of a pooling on integers.</param>
/// <param name="Int32Adds">The accumulators of 8-bit products, and biases.</param>
public readonly record struct OperationCount(
    long FloatMultiplies = 0, long FloatAdds = 0, long Int8Multiplies = 0, long Int8Adds = 0, long Int32Adds = 0)
{
    public double Joules =>
        (FloatMultiplies * EnergyTable.FloatMultiply) + (FloatAdds * EnergyTable.FloatAdd) + (Int8Multiplies * EnergyTable.Int8Multiply)
        + (Int8Adds * EnergyTable.Int8Add) + (Int32Adds * EnergyTable.Int32Add);

    /// <param name="layers">What the runtime executes in place of the layers; for those not among them, the file's types decide.</param>
    /// <exception cref="OnnxException">The shapes of a node cannot be told; the message names it.</exception>
    public static OperationCount Of(OnnxModel model, IReadOnlyList<LayerReport> layers) =>
        Of(model, new Execution(model, layers), ShapeInference.Of(model, batch: 1));

    public static OperationCount operator +(OperationCount a, OperationCount b) => new(
        a.FloatMultiplies + b.FloatMultiplies, a.FloatAdds + b.FloatAdds, a.Int8Multiplies + b.Int8Multiplies, a.Int8Adds + b.Int8Adds,
        a.Int32Adds + b.Int32Adds);

    internal static OperationCount Of(OnnxModel model, Execution execution, IReadOnlyDictionary<string, long[]> shapes) =>
        model.Nodes.Select(n => NodeOperations.Of(n, execution, shapes)).Aggregate(new OperationCount(), (sum, count) => sum + count);
}
