using Grid.Experiments.Measurement;
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
        var (layers, shared) = WeightLayer.Of(model);
        var notes = shared.Select(n => $"quantize: {n} shares its weights with another node and stays in float").ToList();
        var fit = layers.Where(l => Fits(l, model, settings, notes)).ToList();
        if (fit.Count == 0)
            throw new StageException($"no layer can be quantized. {string.Join(" ", notes)}");
        var quantized = fit.Select(l => QuantizedWeights.Of(l, settings)).ToList();
        Describe(quantized, notes);
        var calibration = new Lazy<Calibration>(() => new Calibration(model, context.Data().Train, settings.Samples));
        var corrected = settings.BiasCorrection ? BiasCorrection.Apply(model, quantized, calibration.Value) : model;
        // Correction may have given a layer the bias it lacked; take the nodes as they are now.
        quantized = [.. quantized.Select(q => q with { Layer = q.Layer with { Node = corrected.Nodes.First(n => n.Name == q.Layer.Node.Name) } })];
        context.Report(0.5, "calibrated");
        var result = settings.Static
            ? QdqModel.Build(corrected, quantized, Scales(calibration.Value, model.Inputs[0].Name, settings))
                .WithMetadata(OnnxMetadata.Int8Layers, quantized.Select(q => q.Layer.Node.Name))
            : StoredWeights.Rewrite(corrected, quantized);
        OnnxFile.Write(result, context.OutputPath);
        return new StageResult(new Dictionary<string, Metric>(), notes, []);
    }

    /// <summary>The input is not clipped: its pixels are 256 levels from 0 to 1, which 1/255 holds exactly.</summary>
    private static Func<string, ActivationScale> Scales(Calibration calibration, string input, QuantizeSettings settings)
    {
        var ranges = calibration.Ranges();
        return name => name == input ? ranges[name].MinMax() : settings.Calibration switch
        {
            "min-max" => ranges[name].MinMax(),
            "percentile" => ranges[name].Percentile(settings.Percentile),
            "mse" => ranges[name].MeanSquaredError(),
            var other => throw new StageSettingsException($"There is no calibration '{other}'; there are min-max, percentile and mse."),
        };
    }

    private static bool Fits(WeightLayer layer, OnnxModel model, QuantizeSettings settings, List<string> notes)
    {
        var node = layer.Node;
        var obstacle = !settings.Static ? null
            : node.Operator == "MatMul" ? "it is a MatMul, not a Gemm"
            : node.Operator == "Gemm" && (node.Float("alpha", 1) != 1 || node.Float("beta", 1) != 1 || node.Int("transA", 0) != 0) ? "its alpha, beta or transA is not the default"
            : layer.Bias is { } bias && model.Initializer(bias) is not { Type: OnnxElementType.Float } ? "its bias is computed, not stored"
            : layer.Bias is { } stored && model.Initializer(stored)!.Count != layer.Outputs ? "its bias is not one value per channel"
            : null;
        if (obstacle is not null)
            notes.Add($"quantize: {node} stays in float: {obstacle}");
        return obstacle is null;
    }

    private static void Describe(IReadOnlyList<QuantizedWeights> layers, List<string> notes)
    {
        foreach (var layer in layers)
        {
            var (clamped, vanished) = ((double)layer.Clamped / layer.Codes.Length, (double)layer.Vanished / layer.Codes.Length);
            if (layer.Clamped > 0)
                notes.Add($"quantize: {clamped:P1} of the weights of {layer.Layer.Node} lie beyond the largest level and were clamped");
            if (vanished > 0.5)
                notes.Add($"quantize: {vanished:P1} of the weights of {layer.Layer.Node} became zero: the step is coarse");
        }
    }
}
