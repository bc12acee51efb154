using System.Security.Cryptography;
using Grid.Experiments.Datasets;
using Grid.Experiments.Stages;
using Grid.Silo.Runners;
using Grid.Tests;

namespace Grid.Silo.Tests.Runners;

/// <summary>The runner that is shipped, with TorchSharp in it.</summary>
public sealed class RealRunnerTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly RunnerProcess runner = new();

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
    public async Task An_error_of_the_user_is_told_without_a_stack()
    {
        var network = await Execute(Source("seed-cnn") with { Settings = StageSettings.Empty });
        var data = await Execute(Train(await Done(Source("seed-cnn"))) with { Data = Digits with { ContentHash = "other" } });

        (network.Outcome, data.Outcome).ShouldBe((StageOutcome.Failed, StageOutcome.Failed));
        network.Error!.ShouldBe("The setting 'zoo' is missing.");
        data.Error!.ShouldContain("generated-digits was asked for with content other");
        (network.Error + data.Error).ShouldNotContain("   at ");
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
        runner.Execute(order, TimeSpan.FromMinutes(5), (_, _) => { }, TestContext.Current.CancellationToken);
}
