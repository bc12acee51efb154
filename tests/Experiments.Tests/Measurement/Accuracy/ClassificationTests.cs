using Grid.Experiments.Datasets;
using Grid.Experiments.Measurement.Accuracy;
using Grid.Experiments.Measurement.Runtime;
using Grid.Experiments.Metrics;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Stages;
using Grid.Experiments.Tests.Models;
using Grid.Tests;

namespace Grid.Experiments.Tests.Measurement.Accuracy;

public sealed class ClassificationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1000)]
    public void Every_image_counts_once_whatever_the_batch(int batch)
    {
        var images = MeasuredModels.Corners(100);
        images.Labels[0] = images.Labels[99] = 3;
        images.Pixels[..4].ToArray().ShouldNotBe([10, 10, 10, 255]);
        images.Pixels[^4..].ToArray().ShouldNotBe([10, 10, 10, 255]);

        Classify(MeasuredModels.Echo(), images, batch).ShouldBe(new Classification(100, 98, 0));
    }

    [Fact]
    public void The_accuracy_comes_with_the_interval_of_its_count()
    {
        var accuracy = new Classification(100, 98, 0).Accuracy;

        accuracy.ShouldBe(new Metric(0.98, "1", Provenance.Measured, WilsonInterval.Of(98, 100).Low, WilsonInterval.Of(98, 100).High));
    }

    [Fact]
    public void An_answer_that_is_no_number_is_wrong_and_said_so()
    {
        // 10 / 255 becomes the square root of a negative number: three of the four values.
        var model = MeasuredModels.Echo(SampleModels.Node("Sub", ["flat", "half"], "less"), SampleModels.Node("Sqrt", ["less"], "y"));
        model = model with { Initializers = [OnnxTensor.Floats("half", [], [0.5f])] };

        var result = Classify(model, MeasuredModels.Corners(20), 8);

        result.ShouldBe(new Classification(20, 0, 20));
        result.Notes.ShouldHaveSingleItem().ShouldContain("20 of 20");
        new Classification(20, 20, 0).Notes.ShouldBeEmpty();
    }

    [Fact]
    public void An_infinite_answer_is_as_good_as_any_other()
    {
        var model = MeasuredModels.Echo(SampleModels.Node("Sub", ["flat", "dark"], "less"), SampleModels.Node("Log", ["less"], "y"));
        model = model with { Initializers = [OnnxTensor.Floats("dark", [], [10 / 255f])] };

        Classify(model, MeasuredModels.Corners(20), 8).Correct.ShouldBe(20);
    }

    [Fact]
    public void A_model_that_takes_one_image_at_a_time_gets_one_at_a_time() =>
        Classify(MeasuredModels.Echo().WithBatch(1), MeasuredModels.Corners(20), 8).ShouldBe(new Classification(20, 20, 0));

    [Fact]
    public void A_model_that_takes_three_images_at_a_time_gets_a_last_batch_of_fewer() =>
        Classify(MeasuredModels.Echo().WithBatch(3), MeasuredModels.Corners(20), 8).ShouldBe(new Classification(20, 20, 0));

    [Fact]
    public void Images_of_another_size_are_refused() =>
        Should.Throw<StageException>(() => Classify(SampleModels.TakesVectors(), MeasuredModels.Corners(5), 8)).Message.ShouldContain("784");

    [Fact]
    public void Another_number_of_classes_is_refused() =>
        Should.Throw<StageException>(() => Classify(MeasuredModels.Echo(), MeasuredModels.Corners(5), 8, classes: 10)).Message.ShouldContain("10 classes");

    [Fact]
    public void It_stops_when_it_is_told_to()
    {
        using var stop = new CancellationTokenSource();
        var seen = new List<double>();
        void Stop(double share)
        {
            seen.Add(share);
            stop.Cancel();
        }

        Should.Throw<OperationCanceledException>(() => Classify(MeasuredModels.Echo(), MeasuredModels.Corners(20), 5, 4, Stop, stop.Token));

        seen.ShouldBe([0.25]);
    }

    private Classification Classify(
        OnnxModel model, ImageSet images, int batch, int classes = 4, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        OnnxFile.Write(model, folder.File("model.onnx"));
        using var session = RuntimeSession.Open(folder.File("model.onnx"), threads: 1);
        return Classification.Of(session, images, classes, batch, progress ?? (_ => { }), cancellation);
    }
}
