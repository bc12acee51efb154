namespace Grid.Experiments.Models.Onnx;

/// <summary>A model is damaged, not ONNX, or made of what Grid cannot work with; the message is for the user.</summary>
public sealed class OnnxException(string message, Exception? inner = null) : Exception(message, inner);
