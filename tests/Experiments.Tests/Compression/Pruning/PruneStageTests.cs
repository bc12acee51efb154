using Grid.Experiments.Compression;
using Grid.Experiments.Compression.Pruning;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Stages;
using Grid.Tests;

namespace Grid.Experiments.Tests.Compression.Pruning;

public sealed class PruneStageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public PruneStageTests() => OnnxFile.Write(ModelZoo.Create("lenet-300-100", 1), folder.File("in.onnx"));

    [Fact]
    public void Magnitude_per_layer_is_what_happens_unless_told_otherwise()
    {
        var (model, notes) = Prune(("ratio", "0.5"));

        WeightLayer.Of(model).Layers.ShouldAllBe(l => l.Weight.ToArray<float>().Count(w => w == 0) == l.Weight.Count / 2);
        notes.ShouldBe(["prune: 133100 of 266200 weights are zero; a zero saves space when packed, no time"]);
    }

    [Fact]
    public void Method_and_scope_are_followed()
    {
        var (model, notes) = Prune(("ratio", "0.5"), ("method", "channel"), ("scope", "global"));

        WeightLayer.Of(model).Layers.Sum(l => l.Outputs).ShouldBe(200 + 10);
        notes.ShouldContain(n => n.Contains("'dense3' (Gemm) keeps all of its channels"));
    }

    [Theory]
    [InlineData("ratio", "1")]
    [InlineData("ratio", "-0.1")]
    [InlineData("ratio", "NaN")]
    [InlineData("ratio", "half")]
    [InlineData("method", "random")]
    [InlineData("scope", "network")]
    public void Settings_that_mean_nothing_are_refused_by_name(string key, string value) =>
        Should.Throw<StageSettingsException>(() => Prune([("ratio", "0.5"), (key, value)])).Message.ShouldContain($"The setting '{key}' is '{value}'");

    public void Dispose() => folder.Dispose();

    private (OnnxModel Model, IReadOnlyList<string> Notes) Prune(params (string Key, string Value)[] settings)
    {
        var result = new PruneStage().Run(new StageContext
        {
            Settings = new StageSettings(settings.GroupBy(s => s.Key).Select(g => KeyValuePair.Create(g.Key, g.Last().Value))),
            InputPath = folder.File("in.onnx"),
            OutputPath = folder.File("out.onnx"),
            Data = () => throw new InvalidOperationException("pruning needs no data"),
        });
        return (OnnxFile.Read(folder.File("out.onnx")), result.Notes);
    }
}
