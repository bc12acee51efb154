using System.Diagnostics;
using System.Security.Cryptography;
using Grid.Experiments.Datasets;
using Grid.Experiments.Measurement.Machine;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using Grid.Silo.Runners;
using Grid.Tests;

namespace Grid.Silo.Tests.Runners;

/// <summary>The runner that is shipped, with TorchSharp in it.</summary>
public sealed class RealRunnerTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly RunnerProcess runner;

    public RealRunnerTests() => runner = new(new RunnerOptions
    {
        // A gate of its own: nobody else on the machine keeps the tests waiting.
        Environment = new Dictionary<string, string>(new RunnerOptions().Environment) { [MachineGate.FolderVariable] = folder.Path },
    });

    [Fact]
    public async Task A_network_is_made_and_trained_and_comes_out_the_same_in_another_process()
    {
        var source = await Done(Source("seed-cnn"));
        var first = await Done(Train(source));
        await runner.DisposeAsync();
        var second = await Done(Train(source));

        SHA256.HashData(File.ReadAllBytes(second)).ShouldBe(SHA256.HashData(File.ReadAllBytes(first)));
        File.ReadAllBytes(first).ShouldNotBe(File.ReadAllBytes(source));
    }

    [Fact]
    public async Task A_runner_killed_in_the_middle_of_an_epoch_is_followed_by_one_that_goes_on_to_the_same_file()
    {
        var source = await Done(Source("seed-cnn"));
        var order = Train(source) with
        {
            Settings = new StageSettings([new("epochs", "3"), new("batch", "64"), new("optimizer", "adam"), new("learning-rate", "0.001")]),
        };
        var undisturbed = await Done(order with { OutputPath = folder.File("undisturbed") });
        // Where the second epoch's checkpoint is to be written stands a pipe that nobody reads: however fast the runner is and however
        // slow this test, the runner gets no further than to the end of that epoch.
        using (var pipe = Process.Start("mkfifo", order.CheckpointTarget(2) + ".part"))
            await pipe.WaitForExitAsync(TestContext.Current.CancellationToken);
        string? checkpoint = null;
        var observer = new StageObserver((_, _) => { })
        {
            Checkpoint = (path, _) =>
            {
                checkpoint = path;
                using var process = Process.GetProcessById(runner.ProcessId!.Value);
                process.Kill();
            },
        };

        var killed = await runner.Execute(
            order with { CheckpointSeconds = 0 }, TimeSpan.FromMinutes(5), observer, TestContext.Current.CancellationToken);
        var texts = new List<string>();
        var resumed = await runner.Execute(
            order with { CheckpointPath = checkpoint, CheckpointSeconds = 30 }, TimeSpan.FromMinutes(5), new StageObserver((_, text) => texts.Add(text)),
            TestContext.Current.CancellationToken);

        (killed.Outcome, checkpoint).ShouldBe((StageOutcome.Crashed, order.CheckpointTarget(1)));
        killed.Error!.ShouldContain("SIGKILL");
        (resumed.Outcome, resumed.Error, texts[0]).ShouldBe((StageOutcome.Done, null, "goes on after epoch 1/3"));
        resumed.Result.Notes[^1].ShouldBe("train: went on from a checkpoint after epoch 1");
        File.ReadAllBytes(order.OutputPath).ShouldBe(File.ReadAllBytes(undisturbed));
    }

    [Fact]
    public async Task An_error_of_the_user_is_told_without_a_stack()
    {
        var network = await Execute(Source("seed-cnn") with { Settings = StageSettings.Empty });
        var data = await Execute(Train(await Done(Source("seed-cnn"))) with { Data = Digits with { ContentHash = "other" } });

        (network.Outcome, data.Outcome).ShouldBe((StageOutcome.Failed, StageOutcome.Failed));
        network.Error!.ShouldBe("The setting 'zoo' is missing.");
        data.Error!.ShouldContain("generated-digits was asked for with content other");
        (network.Error + data.Error).ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_full_disk_is_told_apart_from_a_failure_and_the_same_runner_goes_on_when_there_is_room()
    {
        using var volume = new SmallVolume(kilobytes: 64);

        var full = await Execute(Source("seed-cnn") with { OutputPath = Path.Combine(volume.Path, "model.onnx") });
        var process = runner.ProcessId;
        await Done(Source("seed-cnn"));

        (full.Outcome, full.Error!.Split('\n').Length).ShouldBe((StageOutcome.NoSpace, 1));
        full.Error.ShouldContain(volume.Path);
        runner.ProcessId.ShouldBe(process);
    }

    [Fact]
    public async Task A_model_is_measured_beside_its_reference_and_tested()
    {
        var source = await Done(Source("seed-cnn"));
        var trained = await Done(Train(source));
        var settings = new StageSettings([new("sessions", "2"), new("min-runs", "20"), new("min-time", "0")]);

        var measured = await Execute(Train(trained) with { Kind = StageKind.Measure, Settings = settings, ReferencePath = source });
        var tested = await Execute(Train(trained) with { Kind = StageKind.Test, Settings = StageSettings.Empty });

        (measured.Error, tested.Error).ShouldBe((null, null));
        measured.Result.Metrics.Keys.Concat(tested.Result.Metrics.Keys).ShouldBe(MetricCatalog.All.Select(m => m.Name), ignoreOrder: true);
        measured.Result.Layers.Select(l => l.Layer).ShouldBe(["conv1", "dense1"]);
        // What each machine has of meters differs; that it is told does not.
        measured.Result.Cost.ShouldNotBeNull().Energy.Unit.ShouldBe("J");
        (measured.Result.Cost.Energy.Value is null).ShouldBe(measured.Result.Cost.Why is not null);
    }

    [Fact]
    public async Task A_stage_waits_for_who_measures()
    {
        var place = new MachineGate(folder.Path).Enter(alone: true, () => { });
        var seen = new List<string>();

        var report = await runner.Execute(
            Source("seed-cnn"),
            TimeSpan.FromMinutes(5),
            new StageObserver((_, text) =>
            {
                seen.Add(text);
                place.Dispose();
            }),
            TestContext.Current.CancellationToken);

        (report.Outcome, report.Error).ShouldBe((StageOutcome.Done, null));
        seen.ShouldBe(["waiting for the machine"]);
    }

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        await runner.DisposeAsync();
        folder.Dispose();
    }

    private static DataSettings Digits { get; } = new(
        DatasetCatalog.GeneratedDigits, DatasetCatalog.All.Single(d => d.Name == DatasetCatalog.GeneratedDigits).ContentHash, 512, 100, 1);

    private StageOrder Source(string network) => new()
    {
        Key = "source",
        Kind = StageKind.Source,
        Settings = new StageSettings([new("zoo", network)]),
        Seed = 1,
        OutputPath = folder.File(Guid.NewGuid().ToString()),
    };

    private StageOrder Train(string input) => new()
    {
        Key = "train",
        Kind = StageKind.Train,
        Settings = new StageSettings([new("epochs", "1"), new("batch", "64"), new("optimizer", "adam"), new("learning-rate", "0.001")]),
        Seed = 1,
        Data = Digits,
        InputPath = input,
        InputSha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(input))),
        OutputPath = folder.File(Guid.NewGuid().ToString()),
    };

    private async Task<string> Done(StageOrder order)
    {
        var report = await Execute(order);
        (report.Outcome, report.Error).ShouldBe((StageOutcome.Done, null));
        return order.OutputPath;
    }

    private Task<StageReport> Execute(StageOrder order) =>
        runner.Execute(order, TimeSpan.FromMinutes(5), new StageObserver((_, _) => { }), TestContext.Current.CancellationToken);
}
