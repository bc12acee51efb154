using Grid.Experiments.Models.Onnx;
using static TorchSharp.torch;

namespace Grid.Experiments.Models.Torch;

/// <summary>ONNX tensors as torch tensors and back. The copies share nothing with their source.</summary>
public static class Tensors
{
    /// <exception cref="OnnxException">The element type has no counterpart Grid uses.</exception>
    public static Tensor ToTorch(OnnxTensor source) => source.Type switch
    {
        OnnxElementType.Float => tensor(source.ToArray<float>(), source.Shape),
        OnnxElementType.Int64 => tensor(source.ToArray<long>(), source.Shape),
        OnnxElementType.Double => tensor(source.ToArray<double>(), source.Shape).to(ScalarType.Float32),
        _ => throw new OnnxException($"the tensor '{source.Name}' is {source.Type}; Grid trains float32."),
    };

    public static OnnxTensor FromTorch(string name, Tensor source)
    {
        using var contiguous = source.detach().contiguous();
        return OnnxTensor.Floats(name, source.shape, contiguous.data<float>().ToArray());
    }
}
