using Grid.Experiments.Compression.Pruning;
using Grid.Experiments.Measurement;
using Grid.Experiments.Measurement.Energy;
using Grid.Experiments.Metrics;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Stages;
using Grid.Experiments.Tests.Compression.Quantization;
using Grid.Experiments.Tests.Models;

namespace Grid.Experiments.Tests.Measurement.Energy;

public sealed class EstimatedEnergyTests
{
    private const double PicoJoule = 1e-12;

    [Fact]
    public void A_dense_network_costs_what_counting_by_hand_gives()
    {
        const int weights = (784 * 300) + (300 * 100) + (100 * 10), biases = 300 + 100 + 10, relus = 300 + 100;
        // Read and written by the three layers and the two ReLUs; every buffer fits the smallest cache.
        const int activations = 4 * ((784 + 300) + (300 + 300) + (300 + 100) + (100 + 100) + (100 + 10));

        var energy = EstimatedEnergy.PerInference(ModelZoo.Create("lenet-300-100", 1), []);

        energy.Value.ShouldNotBeNull().ShouldBe(
            PicoJoule * ((weights * 3.7) + ((weights + biases + relus) * 0.9) + ((weights + biases) * 640) + (activations * 1.25)), 1e-16);
        energy.ShouldBe(new Metric(energy.Value, "J", Provenance.Estimated));
    }

    [Theory]
    [InlineData("seed-cnn")]
    [InlineData("lenet-5")]
    [InlineData("lenet-300-100")]
    public void Integers_cost_less_than_floats_and_weights_stored_as_integers_lie_between(string name)
    {
        var model = ModelZoo.Create(name, 1);

        var float32 = Joules(model);
        var weightsOnly = Joules(QuantizedModel.Of(model, ("scheme", "weights")).Model);
        var int8 = Joules(QuantizedModel.Of(model, ("scheme", "static")).Model);

        weightsOnly.ShouldBeLessThan(float32);
        int8.ShouldBeLessThan(weightsOnly);
    }

    [Fact]
    public void Channels_taken_out_save_energy_and_zeros_in_place_save_none()
    {
        var model = ModelZoo.Create("lenet-5", 1);

        Joules(ChannelPruning.Prune(model, 0.5, global: false).Model).ShouldBeLessThan(Joules(model) / 2);
        Joules(MagnitudePruning.Prune(model, 0.9, global: false).Model).ShouldBe(Joules(model));
    }

    [Fact]
    public void Layers_that_fall_back_to_float_cost_more_than_plain_floats_would()
    {
        var model = ModelZoo.Create("seed-cnn", 1);
        var quantized = QuantizedModel.Of(model, ("scheme", "static")).Model;
        var fallen = quantized.Nodes.Where(n => n.Operator is "Conv" or "Gemm")
            .Select(n => new LayerReport(n.Name, n.Operator, "FusedConv", "float32", "int8")).ToList();

        var arithmetic = OperationCount.Of(quantized, fallen);

        arithmetic.Joules.ShouldBeGreaterThan(OperationCount.Of(model, []).Joules);
        EstimatedEnergy.PerInference(quantized, fallen).Value.ShouldNotBeNull().ShouldBeGreaterThan(Joules(quantized));
    }

    [Fact]
    public void What_cannot_be_counted_is_unavailable_and_never_zero() =>
        EstimatedEnergy.PerInference(SampleModels.Chain(SampleModels.Node("Mystery", ["x"], "y")), []).ShouldBe(Metric.Unavailable("J"));

    [Fact]
    public void The_meter_of_estimates_runs_no_inference()
    {
        IInferenceEnergy meter = new EstimatedEnergy();
        var model = ModelZoo.Create("seed-cnn", 1);

        meter.PerInference(model, [], MeasureSettings.From(StageSettings.Empty), () => throw new InvalidOperationException("ran"), CancellationToken.None).Gross
            .ShouldBe(EstimatedEnergy.PerInference(model, []));
    }

    private static double Joules(OnnxModel model) => EstimatedEnergy.PerInference(model, []).Value.ShouldNotBeNull();
}
