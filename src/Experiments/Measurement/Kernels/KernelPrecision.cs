using Grid.Experiments.Models.Onnx;

namespace Grid.Experiments.Measurement.Kernels;

/// <summary>What the operators of ONNX Runtime that can stand in a layer's place compute in.</summary>
internal static class KernelPrecision
{
    public const string Int8 = "int8";
    public const string Float32 = "float32";

    /// <summary>No kernel was found for the layer.</summary>
    public const string Unknown = "unknown";

    private static readonly HashSet<string> Integer =
    [
        "QLinearConv", "ConvInteger", "QGemm", "QLinearMatMul", "MatMulInteger", "MatMulIntegerToFloat", "DynamicQuantizeMatMul",
    ];

    // Codes of few bits that are decoded on the way to a float product count as float.
    private static readonly HashSet<string> Float =
        ["Conv", "FusedConv", "NhwcFusedConv", "Gemm", "FusedGemm", "MatMul", "FusedMatMul", "MatMulNBits"];

    /// <summary>Null for an operator that is no layer, whatever its domain.</summary>
    public static string? Of(OnnxNode kernel) =>
        Integer.Contains(kernel.Operator) ? Int8 : Float.Contains(kernel.Operator) ? Float32 : null;
}
