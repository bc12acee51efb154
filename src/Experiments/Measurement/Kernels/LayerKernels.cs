using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Measurement.Kernels;

/// <summary>
/// Finds what ONNX Runtime executes in place of each layer. Its optimiser fuses, renames and reorders, so a kernel is recognised by what
/// it reads (the layer's own weights), else by its name (made of the layer's), else by what it makes (the layer's output, or that of
/// the nodes fused with it).
/// </summary>
public static class LayerKernels
{
    /// <param name="exported">The model as its file has it.</param>
    /// <param name="optimized">The same as the runtime saved it.</param>
    /// <returns>
    /// A report for each Conv, Gemm and MatMul in order; kernel and precision are "unknown" where none was recognised.
    /// </returns>
    public static IReadOnlyList<LayerReport> Of(OnnxModel exported, OnnxModel optimized)
    {
        var layers = exported.Nodes.Where(n => n.Domain.Length == 0 && n.Operator is "Conv" or "Gemm" or "MatMul").ToList();
        var intended = exported.Metadata.GetValueOrDefault(OnnxMetadata.Int8Layers, "").Split('\n').ToHashSet();
        var free = optimized.Nodes.Where(n => KernelPrecision.Of(n) is not null).ToList();
        var kernels = new Dictionary<OnnxNode, OnnxNode>(ReferenceEqualityComparer.Instance);
        var traces = new LayerTraces(exported, layers);
        // The surest sign of all layers first, so that none is given another's kernel on a weaker one.
        foreach (var sign in new Func<OnnxNode, OnnxNode, bool>[] { traces.Reads, IsNamedAfter, traces.Makes })
            foreach (var layer in layers.Where(l => !kernels.ContainsKey(l)))
                if (free.Find(kernel => sign(layer, kernel)) is { } kernel)
                {
                    kernels[layer] = kernel;
                    free.Remove(kernel);
                }

        return [.. layers.Select(layer => Report(layer, kernels.GetValueOrDefault(layer), intended.Contains(layer.Name)))];
    }

    /// <summary>What a user should know: the layers that were meant to run on integers and do not, and why.</summary>
    public static IEnumerable<string> Notes(OnnxModel exported, IEnumerable<LayerReport> layers) =>
        from layer in layers
        where layer is { AsIntended: false, Intended: KernelPrecision.Int8 }
        let why = Int8Obstacle.Of(exported, exported.Nodes.First(n => n.Name == layer.Layer)) ?? "the file shows no reason"
        select layer.Precision == KernelPrecision.Unknown
            ? $"{layer.Layer} was meant to run in int8, but it cannot be told what ONNX Runtime runs in its place"
            : $"{layer.Layer} was meant to run in int8 but ONNX Runtime runs it in float ({layer.Kernel}): {why}";

    private static LayerReport Report(OnnxNode layer, OnnxNode? kernel, bool isInteger) => new(
        layer.Name,
        layer.Operator,
        kernel?.Operator ?? KernelPrecision.Unknown,
        kernel is null ? KernelPrecision.Unknown : KernelPrecision.Of(kernel)!,
        isInteger ? KernelPrecision.Int8 : KernelPrecision.Float32);

    /// <summary>As ONNX Runtime names fused nodes, and ones whose name was taken.</summary>
    private static bool IsNamedAfter(OnnxNode layer, OnnxNode kernel)
    {
        var name = kernel.Name.StartsWith("fused ", StringComparison.Ordinal) ? kernel.Name["fused ".Length..] : kernel.Name;
        return name == layer.Name
            || name.StartsWith($"{layer.Name}/", StringComparison.Ordinal)
            || name.StartsWith($"{layer.Name}_token_", StringComparison.Ordinal);
    }
}
