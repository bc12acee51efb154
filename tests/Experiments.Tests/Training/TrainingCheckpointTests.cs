using System.Security.Cryptography;
using Grid.Experiments.Datasets;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Stages;
using Grid.Experiments.Tests.Compression;
using Grid.Experiments.Tests.Datasets.Generated;
using Grid.Experiments.Training;
using Grid.Tests;
using Microsoft.Extensions.Time.Testing;

namespace Grid.Experiments.Tests.Training;

/// <summary>A training that goes on from a checkpoint ends in the file of one that nothing interrupted, bit by bit.</summary>
public sealed class TrainingCheckpointTests : IDisposable
{
    private const int Epochs = 4;

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new();
    private readonly List<(string Path, int Epochs)> saved = [];
    private readonly List<(double Share, string Text)> reports = [];
    private Action reported = () => { };
    private int runs;

    public static MatrixTheoryData<StageKind, string, string> Trainings { get; } = new(
        [StageKind.Train, StageKind.FineTune], ["adam", "sgd", "sgd with momentum"], ["constant", "cosine", "step"]);

    [Theory]
    [MemberData(nameof(Trainings))]
    public void Interrupted_after_any_epoch_it_ends_in_the_same_file(StageKind kind, string optimizer, string schedule)
    {
        var settings = Settings(optimizer, schedule);
        var undisturbed = Run(kind, settings, null).Model;
        Run(kind, settings, Places()).Model.ShouldBe(undisturbed);
        saved.Select(s => s.Epochs).ShouldBe([1, 2, 3]);

        foreach (var (path, epochs) in saved.ToList())
        {
            saved.Clear();
            reports.Clear();
            var (resumed, notes) = Run(kind, settings, Places(path));

            resumed.ShouldBe(undisturbed, $"gone on after epoch {epochs}");
            saved.Select(s => s.Epochs).ShouldBe(Enumerable.Range(epochs + 1, Epochs - 1 - epochs));
            reports[0].ShouldBe(((double)epochs / Epochs, $"goes on after epoch {epochs}/{Epochs}"));
            notes[^1].ShouldBe($"{kind.ToString().ToLowerInvariant()}: went on from a checkpoint after epoch {epochs}");
        }
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("sgd with momentum")]
    public void Interrupted_after_every_epoch_it_ends_in_the_same_file(string optimizer)
    {
        var settings = Settings(optimizer, "cosine");
        var undisturbed = Run(StageKind.FineTune, settings, null).Model;
        string? path = null;

        for (var epochs = 1; epochs < Epochs; epochs++)
        {
            using var killed = new CancellationTokenSource();
            var places = Places(path) with
            {
                Saved = (file, _) =>
                {
                    path = file;
                    killed.Cancel();
                },
            };
            Should.Throw<OperationCanceledException>(() => Run(StageKind.FineTune, settings, places, killed.Token));
        }

        Run(StageKind.FineTune, settings, Places(path)).Model.ShouldBe(undisturbed);
        reports[^1].Text.ShouldStartWith($"goes on after epoch {Epochs - 1}/");
    }

    [Theory]
    [InlineData("cut short", "it is damaged")]
    [InlineData("one bit", "it is damaged")]
    [InlineData("empty", "it is damaged")]
    [InlineData("missing", "it cannot be read")]
    [InlineData("a folder", "it cannot be read")]
    [InlineData("of another stage", "it is of another stage")]
    [InlineData("of another version", "another version of Grid wrote it")]
    public void A_checkpoint_that_cannot_be_used_is_passed_over_with_a_note(string trouble, string reason)
    {
        var settings = Settings("adam", "constant");
        var undisturbed = Run(StageKind.Train, settings, Places()).Model;
        var path = saved[1].Path;
        var bytes = File.ReadAllBytes(path);
        File.Delete(path);
        switch (trouble)
        {
            case "cut short":
                File.WriteAllBytes(path, bytes[..^100]);
                break;
            case "one bit":
                bytes[bytes.Length / 2] ^= 1;
                File.WriteAllBytes(path, bytes);
                break;
            case "empty":
                File.WriteAllBytes(path, []);
                break;
            case "a folder":
                Directory.CreateDirectory(path);
                break;
            case "of another version":
                // A letter of the words that it begins with, and the hash over them.
                bytes[10] ^= 1;
                File.WriteAllBytes(path, [.. bytes[..^32], .. SHA256.HashData(bytes.AsSpan(0, bytes.Length - 32))]);
                break;
            case "of another stage":
                File.WriteAllBytes(path, bytes);
                break;
        }

        var places = Places(path);
        var (model, notes) = Run(StageKind.Train, settings, trouble == "of another stage" ? places with { Owner = "another" } : places);

        model.ShouldBe(undisturbed);
        notes[^1].ShouldStartWith($"train: began anew, as its checkpoint could not be used: {reason}");
    }

    [Fact]
    public void A_checkpoint_of_another_model_under_the_same_name_leaves_nothing_behind()
    {
        var settings = Settings("sgd with momentum", "constant");
        Run(StageKind.Train, settings, Places());
        var undisturbed = Run(StageKind.FineTune, settings, null).Model;

        var (model, notes) = Run(StageKind.FineTune, settings, Places(saved[0].Path));

        model.ShouldBe(undisturbed);
        notes[^1].ShouldContain("began anew");
    }

    [Fact]
    public void They_are_as_far_apart_as_asked_and_short_trainings_write_none()
    {
        // In batches of one there is one report an epoch.
        var settings = new StageSettings([.. Settings("adam", "constant").Where(s => s.Key != "batch"), new("batch", "1")]);
        var places = Places() with { Every = TimeSpan.FromSeconds(30) };

        Run(StageKind.Train, settings, places);
        saved.ShouldBeEmpty();

        reported = () => time.Advance(TimeSpan.FromSeconds(20));
        Run(StageKind.Train, settings, places);
        saved.Select(s => s.Epochs).ShouldBe([2]);
    }

    [Fact]
    public void A_place_that_cannot_be_written_does_not_stop_the_training()
    {
        var settings = Settings("adam", "constant");

        var (_, notes) = Run(StageKind.Train, settings, Places() with { Target = _ => folder.File("nowhere", "checkpoint") });

        saved.ShouldBeEmpty();
        notes[^1].ShouldStartWith($"train: no checkpoint after epoch {Epochs - 1}: ");
    }

    public void Dispose() => folder.Dispose();

    private StageCheckpoints Places(string? begin = null)
    {
        var run = ++runs;
        return new StageCheckpoints(
            "stage", begin, epochs => folder.File($"{run}-{epochs}"), TimeSpan.Zero, (path, epochs) => saved.Add((path, epochs)))
        {
            Time = time,
        };
    }

    /// <summary>Answers the bytes of the file that the stage wrote, and its notes.</summary>
    private (byte[] Model, IReadOnlyList<string> Notes) Run(
        StageKind kind, StageSettings settings, StageCheckpoints? places, CancellationToken cancellation = default)
    {
        var input = folder.File($"{kind}.onnx");
        OnnxFile.Write(kind == StageKind.Train ? ModelZoo.Create("seed-cnn", 1) : Pruned(), input);
        TrainStage stage = kind == StageKind.Train ? new TrainStage() : new FineTuneStage();
        var result = stage.Run(new StageContext
        {
            Settings = settings,
            Seed = 7,
            InputPath = input,
            OutputPath = folder.File("out.onnx"),
            Data = Digits,
            Report = (share, text) =>
            {
                reports.Add((share, text));
                reported();
            },
            Checkpoints = places,
            Cancellation = cancellation,
        });
        return (File.ReadAllBytes(folder.File("out.onnx")), result.Notes);
    }

    private static StageSettings Settings(string optimizer, string schedule) => new(
    [
        new("epochs", StageSettings.Spell(Epochs)), new("batch", "32"), new("optimizer", optimizer.Split(' ')[0]), new("learning-rate", "0.01"),
        new("momentum", optimizer.EndsWith("momentum", StringComparison.Ordinal) ? "0.9" : "0"), new("weight-decay", "0.001"), new("schedule", schedule),
    ]);

    /// <summary>Every other weight of the first layer is pruned away.</summary>
    private static OnnxModel Pruned()
    {
        var model = CompressionModels.Dense();
        var tensor = model.Initializer("w1")!;
        var weights = tensor.ToArray<float>().Select((w, i) => i % 2 == 0 ? 0 : w).ToArray();
        return model with
        {
            Initializers = [.. model.Initializers.Select(t => t == tensor ? OnnxTensor.Floats(t.Name, t.Shape, weights) : t)],
            Metadata = new Dictionary<string, string> { [OnnxMetadata.Pruned] = tensor.Name },
        };
    }

    /// <summary>A number of images that is no multiple of the batch.</summary>
    private static Dataset Digits()
    {
        const int count = 90;
        var drawn = DigitPainterTests.Drawn.Value.Train;
        var some = drawn with { Pixels = drawn.Pixels[..(count * drawn.PixelsPerImage)], Labels = drawn.Labels[..count] };
        return new Dataset(DatasetCatalog.GeneratedDigits, true, 10, some, some, some);
    }
}
