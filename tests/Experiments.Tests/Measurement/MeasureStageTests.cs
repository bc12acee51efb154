using Grid.Experiments.Datasets;
using Grid.Experiments.Measurement;
using Grid.Experiments.Measurement.Energy;
using Grid.Experiments.Measurement.Packing;
using Grid.Experiments.Metrics;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Stages;
using Grid.Experiments.Tests.Compression.Quantization;
using Grid.Experiments.Tests.Models;
using Grid.Tests;

namespace Grid.Experiments.Tests.Measurement;

public sealed class MeasureStageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public MeasureStageTests() => TorchSharp.torch.set_num_threads(1);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_metric_but_the_test_accuracy_is_measured_in_its_unit()
    {
        var metrics = Measure(SampleModels.TakesVectors()).Metrics;

        metrics.ToDictionary(m => m.Key, m => m.Value.Unit).ShouldBe(
            MetricCatalog.All.Where(m => m.Name != MetricCatalog.TestAccuracy).ToDictionary(m => m.Name, m => m.Unit), ignoreOrder: true);
        metrics["energy-net"].ShouldBe(Metric.Unavailable("J"));
        foreach (var (name, metric) in metrics.Where(m => m.Key != MetricCatalog.NetEnergy))
        {
            metric.Comparable.ShouldNotBeNull(name);
            metric.Provenance.ShouldBe(name == MetricCatalog.Energy ? Provenance.Estimated : Provenance.Measured);
            if (name != MetricCatalog.Energy)
                (metric.Low <= metric.Value && metric.Value <= metric.High).ShouldBeTrue(name);
        }
    }

    [Fact]
    public void Percentiles_of_the_latency_are_in_order()
    {
        var metrics = Measure(SampleModels.TakesVectors()).Metrics;

        var times = new[] { "latency-p50", "latency-p90", "latency-p99" }.Select(name => metrics[name].Value!.Value).ToList();
        times.ShouldBeInOrder();
        times[0].ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Sizes_are_exact()
    {
        var metrics = Measure(SampleModels.TakesVectors()).Metrics;

        metrics["size"].ShouldBe(Metric.Exact(new FileInfo(Model).Length, "By"));
        metrics["size-packed"].ShouldBe(Metric.Exact(ModelPack.Pack(File.ReadAllBytes(Model)).Length, "By"));
    }

    [Fact]
    public void Accuracy_is_that_on_the_validation_split_and_the_test_stage_looks_at_the_other()
    {
        var right = MeasuredModels.Corners(64);
        var wrong = right with { Labels = [.. right.Labels.Select(label => (byte)((label + 1) % 4))] };
        var half = right with { Labels = [.. right.Labels.Take(32), .. wrong.Labels.Skip(32)] };
        var data = new Dataset("corners", true, 4, wrong, half, right);

        Measure(MeasuredModels.Echo(), data: data).Metrics["accuracy"].Value.ShouldBe(0.5);
        var test = new TestStage().Run(Context(MeasuredModels.Echo(), null, data));

        test.Metrics.ShouldHaveSingleItem().ShouldBe(new("test-accuracy", test.Metrics["test-accuracy"]));
        (test.Metrics["test-accuracy"].Value, test.Metrics["test-accuracy"].High).ShouldBe((1, 1));
    }

    [Fact]
    public void Layers_of_an_int8_model_are_reported_and_none_is_complained_of()
    {
        var model = QuantizedModel.Of(ModelZoo.Create("lenet-300-100", 1), ("scheme", "static")).Model;

        var result = Measure(model, ModelZoo.Create("lenet-300-100", 1));

        result.Layers.Select(l => l.Kernel).ShouldBe(["QGemm", "QGemm", "QGemm"]);
        result.Notes.ShouldBeEmpty();
    }

    [Fact]
    public void A_layer_that_fell_back_to_float_is_told_to_the_user_and_to_the_energy()
    {
        var model = QuantizedModel.Of(ModelZoo.Create("seed-cnn", 1), ("scheme", "static")).Model;
        var bias = model.Initializer("conv1.conv1.bias.scale")!;
        var trapped = model with
        {
            Initializers = [.. model.Initializers.Where(t => t != bias), OnnxTensor.Floats(bias.Name, bias.Shape, [bias.ToArray<float>()[0] * 2])],
        };

        var result = Measure(trapped);

        result.Layers.Where(l => !l.AsIntended).ShouldHaveSingleItem().Layer.ShouldBe("conv1");
        result.Notes.ShouldHaveSingleItem().ShouldStartWith("measure: conv1 was meant to run in int8 but ONNX Runtime runs it in float");
        (result.Metrics["energy"].Value > Measure(model).Metrics["energy"].Value).ShouldBeTrue();
    }

    [Fact]
    public void A_model_for_one_image_at_a_time_is_measured_as_it_is_and_said_so()
    {
        var result = Measure(MeasuredModels.Echo().WithBatch(1), data: Corners);

        result.Metrics["throughput"].Value.ShouldNotBeNull();
        result.Notes.ShouldHaveSingleItem().ShouldBe("measure: the file fixes its batch at 1: throughput was measured so, not at 8");
    }

    [Fact]
    public void Answers_that_are_no_numbers_are_told_to_the_user()
    {
        // The logarithm of what is below 1, and its root.
        var nan = MeasuredModels.Echo(SampleModels.Node("Log", ["flat"], "logged"), SampleModels.Node("Sqrt", ["logged"], "y"));

        var result = Measure(nan, data: Corners);

        result.Metrics["accuracy"].Value.ShouldBe(0);
        result.Notes.ShouldHaveSingleItem().ShouldContain("64 of 64");
    }

    [Fact]
    public void The_reference_itself_is_measured_like_any_other() =>
        Measure(SampleModels.TakesVectors()).Metrics["speedup"].Value!.Value.ShouldBeGreaterThan(0);

    [Fact]
    public void A_meter_that_observes_may_run_inferences()
    {
        var meter = new CountingMeter();

        var result = new MeasureStage(meter, TimeProvider.System, Undisturbed).Run(Context(MeasuredModels.Echo(), null, Corners));

        result.Metrics["energy"].ShouldBe(Metric.Unavailable("J"));
        result.Notes.ShouldHaveSingleItem().ShouldBe("measure: no energy was measured: it only counts");
        meter.Model!.Nodes.ShouldHaveSingleItem().Operator.ShouldBe("Flatten");
    }

    [Fact]
    public void Other_work_on_the_machine_is_told_to_the_user()
    {
        var stage = new MeasureStage(new EstimatedEnergy(), TimeProvider.System, () => TimeSpan.Zero);

        stage.Run(Context(MeasuredModels.Echo(), null, Corners)).Notes.ShouldHaveSingleItem()
            .ShouldStartWith("measure: other work on the machine had the processor for 100 % of the time");
    }

    [Fact]
    public void Progress_runs_from_accuracy_to_latency()
    {
        var seen = new List<(double Share, string Text)>();

        Measure(MeasuredModels.Echo(), data: Corners, report: (share, text) => seen.Add((share, text)));

        seen.Select(s => s.Text).Distinct().ShouldBe(["accuracy", "latency"]);
        seen.Select(s => s.Share).ShouldBeInOrder();
        seen.ShouldAllBe(s => s.Share >= 0 && s.Share <= 1);
    }

    [Theory]
    [InlineData("threads", "0")]
    [InlineData("sessions", "0")]
    [InlineData("warmup", "-1")]
    [InlineData("min-runs", "0")]
    [InlineData("min-time", "NaN")]
    [InlineData("min-time", "-1")]
    [InlineData("batch", "0")]
    [InlineData("energy", "guess")]
    [InlineData("energy-time", "-1")]
    public void Settings_that_mean_nothing_are_refused_by_name(string key, string value) =>
        Should.Throw<StageSettingsException>(() => MeasureSettings.From(new StageSettings([new(key, value)])))
            .Message.ShouldStartWith($"The setting '{key}' is '{value}'; it can be ");

    [Fact]
    public void No_settings_are_the_usual_ones() =>
        MeasureSettings.From(StageSettings.Empty).ShouldBe(new MeasureSettings(Threads: 1, Sessions: 3, Warmup: 20, MinRuns: 200, MinTime: 0.3, Batch: 64));

    private static Dataset Corners { get; } = Of(MeasuredModels.Corners(64), 4);

    private static Dataset Noise { get; } = Of(QuantizedModel.Noise, 10);

    /// <summary>Whatever else runs on the machine of the tests.</summary>
    private static TimeSpan Undisturbed() => TimeProvider.System.GetElapsedTime(0);

    private string Model => folder.File("model.onnx");

    private StageResult Measure(OnnxModel model, OnnxModel? reference = null, Dataset? data = null, Action<double, string>? report = null) =>
        new MeasureStage(new EstimatedEnergy(), TimeProvider.System, Undisturbed).Run(Context(model, reference, data ?? Noise, report));

    private static Dataset Of(ImageSet images, int classes) => new("images", true, classes, images, images, images);

    private StageContext Context(OnnxModel model, OnnxModel? reference, Dataset data, Action<double, string>? report = null)
    {
        OnnxFile.Write(model, Model);
        if (reference is not null)
            OnnxFile.Write(reference, folder.File("reference.onnx"));
        return new StageContext
        {
            // As short as a measurement can be: the numbers are looked at for what they are of, not for how large they are.
            Settings = new StageSettings([new("sessions", "2"), new("warmup", "1"), new("min-runs", "20"), new("min-time", "0"), new("batch", "8")]),
            InputPath = Model,
            ReferencePath = reference is null ? Model : folder.File("reference.onnx"),
            OutputPath = folder.File("none"),
            Data = () => data,
            Report = report ?? ((_, _) => { }),
        };
    }

    private sealed class CountingMeter : IInferenceEnergy
    {
        public OnnxModel? Model { get; private set; }

        public InferenceEnergy PerInference(
            OnnxModel model, IReadOnlyList<LayerReport> layers, MeasureSettings settings, Action infer, CancellationToken cancellation)
        {
            Model = model;
            infer();
            return InferenceEnergy.Unavailable("it only counts");
        }
    }
}
