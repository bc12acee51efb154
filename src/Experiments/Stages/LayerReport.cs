namespace Grid.Experiments.Stages;

/// <summary>What became of one layer, as read back from the graph that the runtime really executes.</summary>
/// <param name="Layer">Name of the node in the exported file.</param>
/// <param name="Operator">Its operator there: Conv, Gemm, MatMul.</param>
/// <param name="Kernel">The operator that runs in its place after the runtime's optimisation, e.g. QLinearConv, FusedConv.</param>
/// <param name="Precision">"int8" or "float32": what that kernel computes in.</param>
/// <param name="Intended">The precision the file asks for.</param>
public sealed record LayerReport(string Layer, string Operator, string Kernel, string Precision, string Intended)
{
    /// <summary>False when a layer that was meant to run in int8 runs in float.</summary>
    public bool AsIntended => Precision == Intended;
}
