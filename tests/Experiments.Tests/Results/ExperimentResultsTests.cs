using Grid.Experiments.Metrics;
using Grid.Experiments.Results;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;
using Grid.Experiments.Tests.Store;
using Grid.Experiments.Tests.Sweeps;

namespace Grid.Experiments.Tests.Results;

public sealed class ExperimentResultsTests
{
    private static readonly Sweep Sweep = SweepBuilder.Build([StageKind.Prune], [SweepBuilder.List("prune.ratio", "0", "0.5")], seeds: [1, 2]) with
    {
        Objectives = [new(MetricCatalog.Accuracy, Direction.Maximize), new(MetricCatalog.Size, Direction.Minimize)],
    };

    [Fact]
    public void A_trial_becomes_a_point_with_its_settings_metrics_file_layers_and_notes()
    {
        var layer = new LayerReport("conv", "Conv", "QLinearConv", "int8", "int8");
        var leaf = Measured(0.9, 100, ["a note"], [layer]);

        var point = Of(Result(3, seed: 2, ratio: "0.5", leaf)).Measured.ShouldHaveSingleItem();

        point.Trial.ShouldBe(3);
        point.Seed.ShouldBe(2);
        point.Config.ShouldBe(new StageSettings([new("prune.ratio", "0.5")]));
        point.Metrics[MetricCatalog.Size].Value.ShouldBe(100);
        point.Sha256.ShouldBe("sha-3");
        point.Layers.ShouldBe([layer]);
        point.Notes.ShouldBe(["a note"]);
    }

    [Fact]
    public void Accuracy_on_the_test_split_stands_beside_that_on_validation()
    {
        var test = new StageResult(new Dictionary<string, Metric> { [MetricCatalog.TestAccuracy] = Metric.Exact(0.8, "1") }, [], []);

        var metrics = Of(Result(0, 1, null, Measured(0.9, 100), test)).Measured.Single().Metrics;

        metrics[MetricCatalog.Accuracy].Value.ShouldBe(0.9);
        metrics[MetricCatalog.TestAccuracy].Value.ShouldBe(0.8);
    }

    [Fact]
    public void The_frontier_with_all_its_seeds_and_the_references_are_tested_and_nothing_else() =>
        Of(
            Result(0, 1, null, Measured(0.90, 200)), Result(1, 2, null, Measured(0.90, 200)), Result(2, 1, "0", Measured(0.80, 300)),
            Result(3, 1, "0.5", Measured(0.95, 100)), Result(4, 2, "0.5", Measured(0.93, 100))).ToTest.Select(p => p.Trial).ShouldBe([0, 1, 3, 4]);

    [Fact]
    public void Seeds_of_one_configuration_are_one_point_and_so_are_the_references()
    {
        var results = Of(
            Result(0, 1, null, Measured(0.90, 200)), Result(1, 2, null, Measured(0.94, 200)),
            Result(2, 1, "0.5", Measured(0.88, 100)), Result(3, 2, "0.5", Measured(0.90, 100)));

        results.Measured.Count.ShouldBe(4);
        results.References.ToDictionary(r => r.Key, r => r.Value.Trial).ShouldBe(new Dictionary<long, int> { [1] = 0, [2] = 1 });
        results.Reference!.Metrics[MetricCatalog.Accuracy].Value!.Value.ShouldBe(0.92, 1e-12);
        results.Frontier.Frontier.Select(p => p.Seeds.Count).ShouldBe([2, 2]);
        results.Frontier.Hypervolume.ShouldNotBeNull();
    }

    [Fact]
    public void Trials_are_counted_by_what_became_of_them()
    {
        var (trial, _) = Result(0, 1, null, Measured(0.9, 100));
        TrialRow[] trials = [trial, trial with { Number = 1, Status = TrialStatus.Failed }, trial with { Number = 2, Status = TrialStatus.Pending }];

        var results = ExperimentResults.Of(Sweep, trials, []);

        (results.Trials.Count, results.Succeeded, results.Failed).ShouldBe((3, 1, 1));
        (results.Points.Count, results.Reference, results.Frontier.Knee).ShouldBe((0, null, null));
    }

    [Fact]
    public async Task An_experiment_is_read_back_from_the_store()
    {
        await using var fixture = new SqliteFixture();
        var experiment = StoreFixture.Experiment() with { Sweep = SweepJson.Write(Sweep) };
        await fixture.Store.AddExperiment(experiment);
        var configuration = TrialChain.Reference(Sweep, 1);
        var chain = TrialChain.Of(Sweep, configuration);
        await fixture.Done(chain.Stages[0], "sha-source", Measured(0, 0, ["made"]));
        await fixture.Done(chain.Stages[1], "sha-train", Measured(0, 0, ["trained"]));
        await fixture.Done(chain.Stages[^1], "sha-train", Measured(0.9, 100, ["measured"]));
        await fixture.Store.AddTrials([StoreFixture.Trial(0, chain.Stages[^1].Key, chain.Test.Key) with { Config = configuration.Canonical }]);
        await fixture.Store.FinishTrial(experiment.Id, 0, TrialStatus.Succeeded, null, "trial-succeeded", "{}", StoreFixture.Noon);

        var results = await ExperimentResults.Load(fixture.Store, experiment, notes: true);

        results.Reference!.Sha256.ShouldBe("sha-train");
        results.Reference.Notes.ShouldBe(["made", "trained", "measured"]);
        results.Succeeded.ShouldBe(1);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("arm")]
    public async Task What_is_to_be_tested_is_found_page_by_page_as_from_all_that_was_measured(string? device)
    {
        await using var fixture = new SqliteFixture();
        var sweep = Sweep with { Seeds = [1], RunOn = device is null ? null : new("cpu", ["xeon", device]) };
        var experiment = StoreFixture.Experiment() with { Sweep = SweepJson.Write(sweep) };
        await fixture.Store.AddExperiment(experiment);
        // The uncompressed model is beaten by the third, and so is the fourth.
        (double Accuracy, double Size)[] found = [(0.90, 200), (0.80, 50), (0.95, 100), (0.94, 150), (0.70, 40), (0.60, 45)];
        for (var number = 0; number < found.Length; number++)
        {
            StageSpec Leaf(string on) => new(StageKind.Measure, new StageSettings([new("number", $"{number}"), new("on", on)]), null, null);
            var configuration = number == 0 ? Configuration(1, null) : Configuration(1, $"0.{number}");
            var measured = Measured(found[number].Accuracy, found[number].Size);
            await fixture.Done(Leaf("first"), $"sha-{number}", device is null ? measured : Measured(0.5, 1));
            await fixture.Done(Leaf("further"), $"sha-{number}", measured);
            await fixture.Store.AddTrials(
                [StoreFixture.Trial(number, Leaf("first").Key) with { Config = configuration.Canonical, IsReference = number == 0 }],
                device is null ? [] : [new MeasurementRow(experiment.Id, number, device, Leaf("further").Key)]);
            await fixture.Store.FinishTrial(experiment.Id, number, TrialStatus.Succeeded, null, "trial-succeeded", "{}", StoreFixture.Noon);
        }

        var toTest = await FrontierScan.ToTest(fixture.Store, experiment.Id, sweep, device ?? sweep.Devices[0], pageSize: 2);

        var all = await ExperimentResults.Load(fixture.Store, experiment, device: device);
        toTest.Select(p => p.Trial).ShouldBe([0, 1, 2, 4]);
        toTest.Select(p => p.Trial).ShouldBe(all.ToTest.Select(p => p.Trial));
    }

    [Fact]
    public async Task An_experiment_of_another_version_is_refused_in_words()
    {
        await using var fixture = new SqliteFixture();

        (await Should.ThrowAsync<StoreException>(() => ExperimentResults.Load(fixture.Store, StoreFixture.Experiment())))
            .Message.ShouldContain("with the version of Grid that ran it");
    }

    private static ExperimentResults Of(params (TrialRow Trial, TrialResult Result)[] rows) =>
        ExperimentResults.Of(Sweep, [.. rows.Select(r => r.Trial)], [.. new ResultPoints(Sweep).Of(rows.Select(r => r.Result))]);

    private static TrialConfiguration Configuration(long seed, string? ratio) =>
        new(ratio is null ? StageSettings.Empty : new([new("prune.ratio", ratio)]), seed);

    private static TrialChain Chain(long seed, string? ratio) => TrialChain.Of(Sweep, Configuration(seed, ratio));

    private static (TrialRow Trial, TrialResult Result) Result(int number, long seed, string? ratio, StageResult measured, StageResult? tested = null)
    {
        var chain = Chain(seed, ratio);
        var trial = new TrialRow(
            "sweep-1", number, Configuration(seed, ratio).Canonical, ratio is null, TrialStatus.Succeeded, chain.Stages[^1].Key, chain.Test.Key, null);
        return (trial, new(trial, Row(chain.Stages[^1], measured) with { Artifact = $"sha-{number}" }, tested is null ? null : Row(chain.Test, tested)));
    }

    private static StageRow Row(StageSpec spec, StageResult result) => new(spec.Key, spec, StageStatus.Done, 1, 0, null, null, null, result, 1.5, null, "measure/local");

    private static StageResult Measured(double accuracy, double size, IReadOnlyList<string>? notes = null, IReadOnlyList<LayerReport>? layers = null) => new(
        new Dictionary<string, Metric> { [MetricCatalog.Accuracy] = Metric.Exact(accuracy, "1"), [MetricCatalog.Size] = Metric.Exact(size, "By") },
        notes ?? [], layers ?? []);
}
