using Grid.Experiments.Metrics;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Compression.Quantization;

/// <summary>Puts a model's weights, or weights and activations, on coarse grids; see <see cref="QuantizeSettings"/>.</summary>
public sealed class QuantizeStage : IStage
{
    public StageKind Kind => StageKind.Quantize;

    public StageResult Run(StageContext context)
    {
        var settings = QuantizeSettings.From(context.Settings);
        var model = OnnxFile.Read(context.InputPath!);
        CheckOperatorSet(model, settings);
        var (layers, shared) = WeightLayer.Of(model);
        var notes = shared.Select(l => $"quantize: {l.Node} shares its weights with another node and stays in float").ToList();
        var fit = layers.Where(l => Fits(l, model, settings, notes)).ToList();
        if (fit.Count == 0)
            throw new StageException($"no layer can be quantized. {string.Join(". ", notes)}.");
        var quantized = fit.Select(l => QuantizedWeights.Of(l, settings)).ToList();
        Describe(quantized, settings, notes);
        var calibration = new Lazy<Calibration>(() => new Calibration(context.Data().Train, settings.Samples, context.Cancellation));
        var corrected = settings.BiasCorrection ? BiasCorrection.Apply(model, quantized, calibration.Value, notes) : model;
        // Corrected layers read other biases than before.
        quantized = [.. quantized.Select(q => q with { Layer = q.Layer with { Node = corrected.Nodes.First(n => n.Name == q.Layer.Node.Name) } })];

        context.Report(0.5, "weights quantized");
        var result = settings.Static
            ? QdqModel.Build(corrected, quantized, Scales(calibration.Value, model, settings))
                .WithMetadata(OnnxMetadata.Int8Layers, quantized.Select(q => q.Layer.Node.Name))
            : StoredWeights.Rewrite(corrected, quantized);
        OnnxFile.Write(result, context.OutputPath);
        return new StageResult(new Dictionary<string, Metric>(), notes, []);
    }

    /// <summary>
    /// Ranges of the float model as it came, to whose means a correction brings the quantized one back. The input needs none: Grid feeds
    /// pixels as k / 255, which 256 levels hold exactly.
    /// </summary>
    private static Func<string, ActivationScale> Scales(Calibration calibration, OnnxModel model, QuantizeSettings settings)
    {
        var ranges = calibration.Ranges(model, withHistogram: settings.Calibration != "min-max");
        return name => name == model.Inputs[0].Name ? new ActivationScale(1 / 255f, 0) : settings.Calibration switch
        {
            "percentile" => ranges[name].Percentile(settings.Percentile),
            "mse" => ranges[name].MeanSquaredError(),
            _ => ranges[name].MinMax(),
        };
    }

    private static void CheckOperatorSet(OnnxModel model, QuantizeSettings settings)
    {
        // QuantizeLinear came with version 10, its axis with version 13.
        var needed = !settings.Static ? 0 : settings.PerChannel ? 13 : 10;
        if (model.Opset < needed)
            throw new StageException(
                $"static quantization per {(settings.PerChannel ? "channel" : "tensor")} needs version {needed} of the operator set, and the model uses "
                + $"version {model.Opset}: convert it with onnx.version_converter.");
    }

    private static bool Fits(WeightLayer layer, OnnxModel model, QuantizeSettings settings, List<string> notes)
    {
        var node = layer.Node;
        var obstacle = !settings.Static ? null
            : node.Operator == "MatMul" ? "it is a MatMul, not a Gemm"
            : model.Initializer(node.Inputs[0]) is not null || model.Outputs.Any(o => o.Name == node.Inputs[0])
                ? "its input is a constant or the model's output"
            : node.Operator == "Gemm" && (node.Float("alpha", 1) != 1 || node.Float("beta", 1) != 1 || node.Int("transA", 0) != 0) ? "its alpha, beta or transA is not the default"
            : layer.Bias is { } bias && model.Initializer(bias) is not { Type: OnnxElementType.Float } ? "its bias is computed, not stored"
            : layer.Bias is { } stored && model.Initializer(stored)!.Count != layer.Outputs ? "its bias is not one value per channel"
            : null;
        if (obstacle is not null)
            notes.Add($"quantize: {node} stays in float: {obstacle}");
        return obstacle is null;
    }

    private static void Describe(IReadOnlyList<QuantizedWeights> layers, QuantizeSettings settings, List<string> notes)
    {
        foreach (var layer in layers)
        {
            var (clamped, vanished) = ((double)layer.Clamped / layer.Codes.Length, (double)layer.Vanished / layer.Codes.Length);
            if (layer.Clamped > 0)
                notes.Add($"quantize: {clamped:P1} of the weights of {layer.Layer.Node} lie beyond the largest level and were clamped");
            if (vanished > 0.5)
                notes.Add($"quantize: {vanished:P1} of the weights of {layer.Layer.Node} became zero: the step is coarse");
        }

        var all = layers.Sum(l => (double)l.Codes.Length);
        var (zeroed, beyond) = (layers.Sum(l => l.Vanished) / all, layers.Sum(l => l.Clamped) / all);
        notes.Add($"quantize: of {all:0} weights, {zeroed:P1} became zero and {beyond:P1} were clamped");
        if (settings is { Static: true, LargestCode: > 63 })
            notes.Add(
                "quantize: on x86 processors without VNNI, ONNX Runtime lets sums of products of 8-bit weights saturate unless its option "
                + "session.x64quantprecision is 1; those of 7 bits cannot");
        if (settings.Bits < 8)
            notes.Add($"quantize: a weight of {settings.Bits} bits takes a byte of the file; packing takes out the rest");
    }
}
