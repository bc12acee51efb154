using Grid.Experiments.Measurement.Runtime;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Stages;
using Grid.Experiments.Tests.Models;
using Grid.Tests;

namespace Grid.Experiments.Tests.Measurement.Runtime;

public sealed class RuntimeSessionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_batch_is_run_again_and_again_in_the_same_place()
    {
        var model = ModelZoo.Create("lenet-5", 1);
        var images = RuntimeModel.Images(6);
        using var session = Open(model);
        using var batch = session.Bind(3);
        var answers = new List<float>();

        for (var first = 0; first < 6; first += 3)
        {
            images.AsSpan(first * 784, 3 * 784).CopyTo(batch.Input);
            batch.Run();
            answers.AddRange(batch.Output);
        }

        (batch.Images, batch.OutputsPerImage).ShouldBe((3, 10));
        answers.ToArray().ShouldBe([.. RuntimeModel.Run(model, images[..2352], 3, 1, 28, 28), .. RuntimeModel.Run(model, images[2352..], 3, 1, 28, 28)]);
    }

    [Fact]
    public void A_run_allocates_nothing()
    {
        using var session = Open(ModelZoo.Create("lenet-300-100", 1));
        using var batch = session.Bind(1);

        // What .NET itself allocates now and then on a thread, such as when it compiles a method anew, is in one round and not in all.
        var leastOfFiveRounds = Enumerable.Range(0, 5).Select(_ => Allocated(() =>
        {
            for (var i = 0; i < 100; i++)
                batch.Run();
        })).Min();

        leastOfFiveRounds.ShouldBe(0);
    }

    [Fact]
    public void The_graph_that_really_runs_is_saved_when_asked_for()
    {
        Open(ModelZoo.Create("seed-cnn", 1), folder.File("optimized.onnx")).Dispose();

        var operators = OnnxFile.Read(folder.File("optimized.onnx")).Nodes.Select(n => n.Operator).ToList();
        operators.ShouldContain("Gemm");
        operators.ShouldNotContain("Relu");
    }

    [Fact]
    public void A_file_that_is_no_model_is_refused_by_name()
    {
        File.WriteAllText(folder.File("text.onnx"), "a text");

        var error = Should.Throw<StageException>(() => RuntimeSession.Open(folder.File("text.onnx"), 1));

        error.Message.ShouldStartWith($"ONNX Runtime does not load {folder.File("text.onnx")}: ");
    }

    [Fact]
    public void An_operator_the_runtime_does_not_know_is_refused_by_name() =>
        Should.Throw<StageException>(() => Open(SampleModels.Chain(SampleModels.Node("Frobnicate", ["x"], "y")))).Message.ShouldContain("Frobnicate");

    [Fact]
    public void Inputs_that_are_no_floats_are_refused()
    {
        var cast = SampleModels.Node("Cast", ["x"], "y", new OnnxArgument { Name = "to", Int = (long)OnnxElementType.Float });
        var model = SampleModels.Chain(cast);
        // Grid itself writes no such model, others do.
        var input = OnnxWriter.Model(model with { Inputs = [model.Inputs[0] with { Type = OnnxElementType.Int32 }] });
        File.WriteAllBytes(folder.File("ints.onnx"), input);

        Should.Throw<StageException>(() => RuntimeSession.Open(folder.File("ints.onnx"), 1)).Message.ShouldContain("'x' is no float32 tensor");
    }

    [Fact]
    public void Another_number_of_images_than_the_file_fixes_is_refused()
    {
        using var session = Open(MeasuredModels.Echo().WithBatch(2));

        session.FixedBatch.ShouldBe(2);
        Should.Throw<StageException>(() => session.Bind(1)).Message.ShouldContain("exactly 2");
    }

    [Fact]
    public void A_model_whose_nodes_fix_another_batch_than_its_input_is_refused()
    {
        var model = SampleModels.Chain(SampleModels.Node("Reshape", ["x", "shape"], "y")) with { Initializers = [OnnxTensor.Longs("shape", [2], [1, 4])] };
        using var session = Open(model);

        session.Bind(1).Dispose();
        Should.Throw<StageException>(() => session.Bind(2)).Message.ShouldContain("with 2 images");
    }

    [Fact]
    public void An_answer_that_mixes_the_images_is_refused()
    {
        var model = SampleModels.Chain(SampleModels.Node("Reshape", ["x", "shape"], "y")) with { Initializers = [OnnxTensor.Longs("shape", [2], [-1, 2])] };
        using var session = Open(model);

        Should.Throw<StageException>(() => session.Bind(2)).Message.ShouldContain("2 rows");
    }

    private static long Allocated(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private RuntimeSession Open(OnnxModel model, string? optimized = null)
    {
        OnnxFile.Write(model, folder.File("model.onnx"));
        return RuntimeSession.Open(folder.File("model.onnx"), threads: 1, optimized);
    }
}
