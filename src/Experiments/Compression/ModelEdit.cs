using Grid.Experiments.Models.Onnx;

namespace Grid.Experiments.Compression;

/// <summary>Small changes to models.</summary>
internal static class ModelEdit
{
    /// <summary>The model with those initialisers in place of the ones of the same names.</summary>
    public static OnnxModel Replacing(this OnnxModel model, IReadOnlyDictionary<string, OnnxTensor> tensors) => model with
    {
        Initializers = [.. model.Initializers.Select(t => tensors.GetValueOrDefault(t.Name, t))],
    };

    public static OnnxModel WithMetadata(this OnnxModel model, string key, IEnumerable<string> names) => model with
    {
        Metadata = new SortedDictionary<string, string>(model.Metadata.ToDictionary(), StringComparer.Ordinal) { [key] = string.Join('\n', names) },
    };

    /// <summary>The slices of a tensor at those positions of an axis, in that order.</summary>
    public static OnnxTensor Keeping(this OnnxTensor tensor, int axis, IReadOnlyList<int> positions)
    {
        var size = OnnxChecker.SizeOf(tensor.Type);
        for (var i = axis + 1; i < tensor.Shape.Length; i++)
            size *= (int)tensor.Shape[i];
        var row = size * (int)tensor.Shape[axis];
        using var kept = new MemoryStream();
        for (var start = 0; start < tensor.Data.Length; start += row)
            foreach (var position in positions)
                kept.Write(tensor.Data, start + (position * size), size);
        var shape = tensor.Shape.ToArray();
        shape[axis] = positions.Count;
        return new OnnxTensor(tensor.Name, tensor.Type, shape, kept.ToArray());
    }
}
