using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Torch;
using Grid.Experiments.Models.Zoo;
using static TorchSharp.torch;

namespace Grid.Experiments.Tests.Models;

public sealed class TrainableGraphTests
{
    [Theory]
    [InlineData("seed-cnn")]
    [InlineData("lenet-300-100")]
    [InlineData("lenet-5")]
    public void Torch_and_the_runtime_give_the_same_logits_for_the_zoo(string name) => ShouldAgree(ModelZoo.Create(name, 3), 1, 28, 28);

    [Theory]
    [InlineData("Softmax")]
    [InlineData("LogSoftmax")]
    public void Torch_and_the_runtime_give_the_same_output_for_every_operator(string head) => ShouldAgree(SampleModels.EveryOperator(head), 2, 9, 9);

    [Fact]
    public void Only_weights_are_trained_and_not_the_constants_of_the_network()
    {
        using var graph = new TrainableGraph(SampleModels.EveryOperator());

        graph.Parameters.Keys.ShouldBe(["b1", "b3", "b4", "beta", "gamma", "w1", "w2", "w3", "w4"]);
    }

    [Fact]
    public void Weights_that_are_not_trained_come_back_unchanged()
    {
        var model = ModelZoo.Create("lenet-5", 1);
        using var graph = new TrainableGraph(model);

        OnnxFile.ToBytes(graph.ToModel()).ShouldBe(OnnxFile.ToBytes(model));
    }

    [Fact]
    public void Images_are_reshaped_to_what_the_model_takes()
    {
        using var graph = new TrainableGraph(SampleModels.TakesVectors());
        using var images = ones(3, 1, 28, 28);

        using var logits = graph.Forward(images);

        logits.shape.ShouldBe([3, 10]);
    }

    [Fact]
    public void Every_intermediate_tensor_can_be_observed()
    {
        using var graph = new TrainableGraph(ModelZoo.Create("seed-cnn", 1));
        var seen = new List<string>();

        using var logits = graph.Forward(ones(1, 1, 28, 28), (name, _) => seen.Add(name));

        seen.ShouldBe(["image", "conv1.out", "relu1.out", "pool1.out", "flatten1.out", "logits"]);
    }

    [Fact]
    public void An_operator_that_cannot_be_trained_is_named_with_its_node()
    {
        var model = SampleModels.Chain(new OnnxNode { Operator = "Einsum", Name = "strange", Inputs = ["x"], Outputs = ["y"] });

        var error = Should.Throw<OnnxException>(() => new TrainableGraph(model));

        error.Message.ShouldContain("strange");
        error.Message.ShouldContain("Einsum");
    }

    private static void ShouldAgree(OnnxModel model, params long[] image)
    {
        const int count = 5;
        var pixels = (int)image.Aggregate(1L, (a, b) => a * b);
        var input = RuntimeModel.Images(count, pixels);
        using var graph = new TrainableGraph(model);
        using var logits = graph.Forward(tensor(input, [count, .. image]));

        var runtime = RuntimeModel.Run(model, input, [count, .. image]);

        var torch = logits.contiguous().data<float>().ToArray();
        torch.Length.ShouldBe(runtime.Length);
        for (var i = 0; i < torch.Length; i++)
            torch[i].ShouldBe(runtime[i], 1e-4f);
    }
}
