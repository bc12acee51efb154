namespace Grid.Experiments.Models.Onnx;

/// <summary>Element types of tensors; the numbers are those of TensorProto.DataType.</summary>
public enum OnnxElementType
{
    Float = 1,
    UInt8 = 2,
    Int8 = 3,
    UInt16 = 4,
    Int16 = 5,
    Int32 = 6,
    Int64 = 7,
    Bool = 9,
    Float16 = 10,
    Double = 11,
}
