using Grid.Experiments.Sweeps.Files;
using Grid.Experiments.Sweeps.Schema;
using Grid.Experiments.Tests.Sweeps.Files;
using Grid.Tests;
using NJsonSchema;

namespace Grid.Experiments.Tests.Sweeps.Schema;

public sealed class SweepSchemaTests
{
    private const string WriteVariable = "GRID_WRITE_SCHEMA";
    private static readonly string committed = RepositoryRoot.File("examples", "sweep.schema.json");

    [Fact]
    public void The_committed_schema_is_the_one_that_follows_from_the_catalogs()
    {
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
            File.WriteAllText(committed, SweepSchema.Text);

        File.ReadAllText(committed).ShouldBe(
            SweepSchema.Text, $"Write it anew: {WriteVariable}=1 dotnet run -c Release --project tests/Experiments.Tests -- -class {typeof(SweepSchemaTests).FullName}");
    }

    public static TheoryData<string> Examples => [.. Directory.GetFiles(RepositoryRoot.File("examples"), "*.yaml").Select(f => Path.GetFileName(f)!)];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Every_example_keeps_to_the_schema_and_names_it(string example)
    {
        var text = await File.ReadAllTextAsync(RepositoryRoot.File("examples", example), TestContext.Current.CancellationToken);

        text.ShouldStartWith("# yaml-language-server: $schema=sweep.schema.json\n");
        (await Violations(text)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("name: a.b_c-1")]
    [InlineData("data: { name: mnist, train: 100, validation: 200, split-seed: 0 }")]
    [InlineData("train: { epochs: 0, momentum: 0, learning-rate: 1e-3, schedule: \"cosine\" }")]
    [InlineData("quantize: { bits: auto, bias-correction: true }")]
    [InlineData("pipeline: [quantize, prune]")]
    [InlineData("space: { quantize.step: [auto, 0.5], prune.method: ['none', channel] }")]
    [InlineData("space: { quantize.step: { log-range: [1e-3, 256], count: 4 }, train.epochs: { range: [1, 4] } }")]
    [InlineData("objectives: { accuracy: max, latency-p99: min, speedup: max, throughput: max }")]
    [InlineData("constraints: { accuracy-drop: \"<= 0.01\", accuracy: \">=.9\", size: \"<= 1e5\" }")]
    [InlineData("strategy: grid")]
    [InlineData("strategy: { name: grid, seed: 3 }")]
    [InlineData("strategy: { name: sobol, budget: 10, seed: 3 }")]
    [InlineData("seeds: [1, 2]")]
    [InlineData("measure: { threads: 256, sessions: 1, warmup: 0, min-runs: 1, min-time: 0.5, batch: 1 }")]
    [InlineData("measure: { energy: meter, energy-time: 2.5 }")]
    [InlineData("limits: { stage-time: 1.5h }")]
    [InlineData("run-on: { train: cuda, measure: arm-1 }")]
    [InlineData("run-on: { measure: [local, xeon.2_b, \"64\"] }")]
    [InlineData("run-on: {}")]
    [InlineData("budget: { energy: 50 kJ, time: 2h, trials: 500 }")]
    [InlineData("budget: { energy: 1.5kWh }")]
    public async Task What_reading_accepts_keeps_to_the_schema(string line)
    {
        SweepText.Read(SweepText.With(line));
        (await Violations(SweepText.With(line))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("name: 12")]
    [InlineData("name: ../x")]
    [InlineData("name: true")]
    [InlineData("colour: red")]
    [InlineData("model: { zoo: resnet }")]
    [InlineData("model: {}")]
    [InlineData("model: { zoo: lenet-5, onnx: a.onnx }")]
    [InlineData("data: { name: cifar }")]
    [InlineData("train: { epoch: 3 }")]
    [InlineData("train: { epochs: 1.5 }")]
    [InlineData("train: { momentum: \"0.9\" }")]
    [InlineData("train: { momentum: 1 }")]
    [InlineData("train: { learning-rate: 0 }")]
    [InlineData("train: { learning-rate: .nan }")]
    [InlineData("train: [epochs]")]
    [InlineData("quantize: { bias-correction: \"true\" }")]
    [InlineData("quantize: { bits: 17 }")]
    [InlineData("pipeline: [prune, prune]")]
    [InlineData("pipeline: [train, prune]")]
    [InlineData("pipeline: prune")]
    [InlineData("space: {}")]
    [InlineData("space: { prune.ratio: [] }")]
    [InlineData("space: { prune.ratio: 0.5 }")]
    [InlineData("space: { prune.ratio: [1.5] }")]
    [InlineData("space: { prune.rato: [0.5] }")]
    [InlineData("space: { prune.method: { range: [1, 2] } }")]
    [InlineData("space: { prune.ratio: { range: [0, 0.1, 0.2], count: 2 } }")]
    [InlineData("space: { prune.ratio: { log-range: [0, 0.5], count: 2 } }")]
    [InlineData("space: { prune.ratio: { range: [0, 0.5], log-range: [0.1, 0.5], count: 2 } }")]
    [InlineData("space: { prune.ratio: { range: [0, 0.5], count: 1 } }")]
    [InlineData("space: { prune.ratio: { count: 3 } }")]
    [InlineData("objectives: {}")]
    [InlineData("objectives: { accuracy: min }")]
    [InlineData("objectives: { test-accuracy: max }")]
    [InlineData("constraints: { accuracy-drop: 0.01 }")]
    [InlineData("constraints: { accuracy: \"<= 0.9\" }")]
    [InlineData("constraints: { size: \"<= 1e400\" }")]
    [InlineData("strategy: sobol")]
    [InlineData("strategy: { name: random }")]
    [InlineData("strategy: { name: grid, budget: 3 }")]
    [InlineData("seeds: []")]
    [InlineData("seeds: [1, 1]")]
    [InlineData("seeds: 3")]
    [InlineData("measure: { sessions: 0 }")]
    [InlineData("measure: { batch: 64.5 }")]
    [InlineData("limits: { stage-time: 30 }")]
    [InlineData("run-on: cuda")]
    [InlineData("run-on: { train: gpu }")]
    [InlineData("run-on: { device: arm }")]
    [InlineData("run-on: { measure: [] }")]
    [InlineData("run-on: { measure: [arm, arm] }")]
    [InlineData("run-on: { measure: 64 }")]
    [InlineData("run-on: { measure: a/b }")]
    [InlineData("budget: 2h")]
    [InlineData("budget: {}")]
    [InlineData("budget: { energy: 50 }")]
    [InlineData("budget: { energy: 50 kW }")]
    [InlineData("budget: { time: 2 days }")]
    [InlineData("budget: { trials: 0 }")]
    [InlineData("budget: { money: 3 }")]
    [InlineData("measure: { energy: guess }")]
    public async Task What_the_schema_refuses_reading_refuses(string line)
    {
        SweepText.Errors(SweepText.With(line)).ShouldNotBeEmpty();
        (await Violations(SweepText.With(line))).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task What_is_required_is_required_by_both()
    {
        foreach (var key in SweepFileKeys.Required)
            (await Violations(string.Join('\n', SweepText.With().Split('\n').Where(l => !l.StartsWith(key, StringComparison.Ordinal)))))
                .ShouldHaveSingleItem().ShouldContain(key);
    }

    private static async Task<IReadOnlyList<string>> Violations(string yaml)
    {
        var schema = await JsonSchema.FromJsonAsync(SweepSchema.Text, TestContext.Current.CancellationToken);
        return [.. schema.Validate(YamlJson.Of(yaml)).Select(e => e.ToString())];
    }
}
