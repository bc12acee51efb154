using System.Text.Json;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Files;
using Grid.Tests;
using static Grid.Experiments.Tests.Sweeps.SweepBuilder;

namespace Grid.Experiments.Tests.Sweeps;

/// <summary>Sweeps that somebody wrote into the store by hand.</summary>
public sealed class SweepCheckTests
{
    private static readonly Sweep sound = Build(AllStages, Example);

    [Fact]
    public void Every_sweep_of_a_file_passes()
    {
        var files = Directory.GetFiles(RepositoryRoot.File("examples"), "*.yaml");

        files.ShouldNotBeEmpty();
        foreach (var sweep in files.Select(f => SweepFile.Read(f).Sweep).OfType<Sweep>())
            SweepJson.Write(SweepJson.Read(SweepJson.Write(sweep))).ShouldBe(SweepJson.Write(sweep));
        SweepCheck.Problems(sound).ShouldBeEmpty();
        SweepCheck.Problems(sound with { RunOn = new("cuda", ["local", "xeon.1", "64"]) }).ShouldBeEmpty();
        SweepCheck.Problems(sound with { Budget = new(50_000, TimeSpan.FromHours(2), 500) }).ShouldBeEmpty();
        SweepCheck.Problems(Build(AllStages, [Range("prune.ratio", 0, 0.9), Range("train.batch", 16, 64, whole: true)], strategy: new("random", 5, 1))).ShouldBeEmpty();
    }

    public static TheoryData<string, Sweep> Unsound { get; } = new()
    {
        { "name", sound with { Name = "../../outside" } },
        { "name", sound with { Name = "/etc/cron.d/grid" } },
        { "name", sound with { Name = "" } },
        { "name", sound with { Name = "a\nb" } },
        { "model", sound with { Model = new ModelSource(null) } },
        { "model", sound with { Model = new ModelSource("lenet-5", new string('a', 64)) } },
        { "model.zoo", sound with { Model = new ModelSource("../model.onnx") } },
        { "model.sha256", sound with { Model = new ModelSource(null, "../../../etc/passwd") } },
        { "model.sha256", sound with { Model = new ModelSource(null, new string('A', 64)) } },
        { "model.file", sound with { Model = new ModelSource(null, new string('a', 64), "/etc/passwd") } },
        { "model.file", sound with { Model = new ModelSource(null, new string('a', 64), "..") } },
        { "data.name", sound with { Data = sound.Data with { Name = "../mnist" } } },
        { "data.name", sound with { Data = sound.Data with { Name = "System.Diagnostics.Process" } } },
        { "data.contentHash", sound with { Data = sound.Data with { ContentHash = "../x" } } },
        { "data.trainCount", sound with { Data = sound.Data with { TrainCount = -1 } } },
        { "data.validationCount", sound with { Data = sound.Data with { ValidationCount = 0 } } },
        { "pipeline", sound with { Pipeline = [StageKind.Prune, StageKind.Prune] } },
        { "pipeline", sound with { Pipeline = [StageKind.Measure] } },
        { "pipeline", sound with { Pipeline = [(StageKind)77] } },
        { "fixed.train.output", sound with { Fixed = new([new("train.output", "/tmp/x")]) } },
        { "fixed.train.epochs", sound with { Fixed = new([new("train.epochs", "1e9")]) } },
        { "fixed.train.optimizer", sound with { Fixed = new([new("train.optimizer", "; rm -rf /")]) } },
        { "measure.folder", sound with { Measure = new([new("folder", "/tmp")]) } },
        { "measure.threads", sound with { Measure = new([new("threads", "100000")]) } },
        { "space.exec", sound with { Space = [List("exec", "ls")] } },
        { "space.prune.ratio", sound with { Space = [List("prune.ratio", "NaN")] } },
        { "space.prune.ratio", sound with { Space = [List("prune.ratio")] } },
        { "space.prune.ratio", sound with { Space = [List("prune.ratio", null!)] } },
        { "space.prune.ratio", sound with { Space = [new("prune.ratio", null)] } },
        { "space.prune.ratio", sound with { Space = [Range("prune.ratio", 0, double.PositiveInfinity)] } },
        { "space.prune.ratio", sound with { Space = [Range("prune.ratio", 0.9, 0.1)] } },
        { "space.train.learning-rate", sound with { Space = [Range("train.learning-rate", -1, 1, logarithmic: true)] } },
        { "space is", sound with { Space = [List("prune.ratio", "0"), List("prune.ratio", "0.5")] } },
        { "empty entry", sound with { Space = [null!] } },
        { "objectives", sound with { Objectives = [new("loss", Direction.Minimize)] } },
        { "objectives", sound with { Objectives = [new("accuracy", (Direction)5)] } },
        { "constraints", sound with { Constraints = [new(Constraint.AccuracyDrop, true, double.NaN)] } },
        { "strategy.name", sound with { Strategy = new("Grid.Experiments.Sweeps.Strategies.SequenceStrategy", 1, 1) } },
        { "budget is", sound with { Budget = new() } },
        { "budget.energy", sound with { Budget = new(Energy: -1) } },
        { "budget.energy", sound with { Budget = new(Energy: double.PositiveInfinity) } },
        { "budget.time", sound with { Budget = new(Time: TimeSpan.Zero) } },
        { "budget.trials", sound with { Budget = new(Trials: 0) } },
        { "strategy.budget", sound with { Strategy = new("random", -5, 1) } },
        { "seeds", sound with { Seeds = [] } },
        { "seeds", sound with { Seeds = [1, 1] } },
        { "runOn.train", sound with { RunOn = new("../gpu", ["local"]) } },
        { "runOn.train", sound with { RunOn = new(null!, ["local"]) } },
        { "runOn.measure", sound with { RunOn = new("cpu", []) } },
        { "runOn.measure", sound with { RunOn = new("cpu", null!) } },
        { "runOn.measure", sound with { RunOn = new("cpu", ["arm", "arm"]) } },
        { "runOn.measure", sound with { RunOn = new("cpu", ["../../etc"]) } },
        { "runOn.measure", sound with { RunOn = new("cpu", [null!]) } },
        { "stageTimeLimit", sound with { StageTimeLimit = TimeSpan.Zero } },
        { "stageTimeLimit", sound with { StageTimeLimit = TimeSpan.MaxValue } },
    };

    [Theory]
    [MemberData(nameof(Unsound), DisableDiscoveryEnumeration = true)]
    public void What_no_sweep_file_could_have_given_is_named(string place, Sweep sweep)
    {
        var problem = SweepCheck.Problems(sweep).ShouldHaveSingleItem();

        problem.ShouldStartWith(place == "empty entry" ? "space has an empty entry" : place);
        problem.ShouldNotContain(c => char.IsControl(c));
    }

    [Theory]
    [InlineData("\"lenet-300-100\"", "\"/bin/sh\"", "model.zoo")]
    [InlineData("\"name\":\"test\"", "\"name\":null", "name")]
    [InlineData("[1]", "null", "seeds")]
    public void The_store_s_text_is_checked_when_it_is_read(string text, string other, string place)
    {
        var json = SweepJson.Write(sound);
        json.ShouldContain(text);

        Should.Throw<JsonException>(() => SweepJson.Read(json.Replace(text, other))).Message.ShouldContain(place);
    }

    [Fact]
    public void A_type_named_in_the_text_is_of_no_consequence() =>
        SweepJson.Write(SweepJson.Read(SweepJson.Write(sound).Insert(1, "\"$type\":\"System.IO.FileInfo\",\"command\":\"ls\","))).ShouldBe(SweepJson.Write(sound));
}
