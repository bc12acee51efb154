namespace Grid.Experiments.Models.Onnx;

/// <summary>The sliding window of a convolution or a pooling over height and width.</summary>
/// <param name="Padding">Top, left, bottom, right; not meant where <paramref name="AutoPad"/> says how to pad.</param>
public sealed record Window(long[] Kernel, long[] Strides, long[] Padding, long[] Dilations, bool CeilMode, string AutoPad)
{
    /// <exception cref="OnnxException">It is not two-dimensional, or a length is absurd.</exception>
    public static Window Of(OnnxNode node, long[] kernel)
    {
        var window = new Window(
            kernel, node.Ints("strides", [1, 1]), node.Ints("pads", [0, 0, 0, 0]), node.Ints("dilations", [1, 1]),
            node.Int("ceil_mode", 0) != 0, node.Attribute("auto_pad")?.String ?? "NOTSET");
        if (kernel.Length != 2 || window.Strides.Length != 2 || window.Padding.Length != 4 || window.Dilations.Length != 2
            || kernel.Concat(window.Strides).Concat(window.Dilations).Any(v => v is < 1 or > int.MaxValue) || window.Padding.Any(p => p is < 0 or > int.MaxValue))
            throw new OnnxException($"the node {node} does not slide over height and width of images, by lengths of at least 1 and padding of at least 0.");
        return window;
    }

    /// <summary>Pads both sides alike and by no more than half the kernel: the only padding that torch's pooling takes.</summary>
    public bool IsEvenlyPadded => IsSymmetric && Padding[0] * 2 <= Kernel[0] && Padding[1] * 2 <= Kernel[1];

    /// <summary>Pads both sides alike: the only padding that torch's convolution takes.</summary>
    public bool IsSymmetric => AutoPad is "NOTSET" or "" && Padding[0] == Padding[2] && Padding[1] == Padding[3];

    /// <summary>Length of the output along height (0) or width (1).</summary>
    public long Output(OnnxNode node, long[] input, int axis)
    {
        var (before, after) = PaddingOf(input[2 + axis], axis);
        var covered = input[2 + axis] + before + after - ((Kernel[axis] - 1) * Dilations[axis]) - 1;
        if (covered < 0)
            throw new OnnxException($"the node {node} does not fit: its window is larger than its input [{string.Join(", ", input)}].");
        var length = (covered / Strides[axis]) + 1;
        // A last, partial window counts unless it lies in the padding altogether.
        return CeilMode && covered % Strides[axis] != 0 && length * Strides[axis] < input[2 + axis] + before ? length + 1 : length;
    }

    /// <summary>Padding before and after along an axis of the given input length.</summary>
    public (long Before, long After) PaddingOf(long length, int axis)
    {
        if (AutoPad is "NOTSET" or "")
            return (Padding[axis], Padding[axis + 2]);
        if (AutoPad == "VALID")
            return (0, 0);
        var output = (length + Strides[axis] - 1) / Strides[axis];
        var total = Math.Max(((output - 1) * Strides[axis]) + ((Kernel[axis] - 1) * Dilations[axis]) + 1 - length, 0);
        return AutoPad == "SAME_LOWER" ? (total - (total / 2), total / 2) : (total / 2, total - (total / 2));
    }
}
