using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Files;
using Grid.Experiments.Sweeps.Planning;
using Grid.Experiments.Sweeps.Space;
using Grid.Tests;

namespace Grid.Experiments.Tests.Sweeps.Files;

public sealed class OneModelFileTests
{
    [Theory]
    [InlineData("quickstart.yaml")]
    [InlineData("fashion-mnist.yaml")]
    [InlineData("mnist-lenet.yaml")]
    public void Every_model_of_an_example_is_made_by_the_same_stages_again(string example)
    {
        var sweep = SweepFile.Read(RepositoryRoot.File("examples", example)).Sweep!;
        var space = new SearchSpace(sweep);

        for (var number = 0L; number < space.Configurations!.Value; number += 1 + space.Configurations.Value / 40)
            Check(sweep, new(space.At(number), 7));
        Check(sweep, TrialChain.Reference(sweep, 7));
    }

    [Fact]
    public void What_a_sweep_sets_beside_its_space_is_kept()
    {
        var sweep = SweepFile.Parse("""
            name: all-of-it
            model: { zoo: seed-cnn }
            data: { name: generated-digits, train: 1000, validation: 500, split-seed: 3 }
            train: { epochs: 2, optimizer: sgd, momentum: 0.8 }
            pipeline: [quantize, prune]
            prune: { method: channel }
            space: { prune.ratio: { range: [0.1, 0.9] }, quantize.scheme: [none, static], quantize.calibration: [percentile, mse], quantize.percentile: [99, 99.9] }
            objectives: { accuracy: max, latency: min }
            strategy: { name: random, budget: 20, seed: 4 }
            measure: { threads: 2, energy: estimate }
            limits: { stage-time: 2h }
            run-on: { train: cuda, measure: [arm, local] }
            """, "all.yaml").Sweep!;
        var space = new SearchSpace(sweep);

        foreach (var places in new double[][] { [0.1, 0.9, 0.1, 0.9], [0.5, 0.1, 0.9, 0.1], [0.9, 0.9, 0.9, 0.9] })
            Check(sweep, new(space.At(places), 7));
        var again = SweepFile.Parse(OneModelFile.Head(sweep) + OneModelFile.Model(sweep, space.At([0.1, 0.9, 0.1, 0.9]), [7]), "again.yaml").Sweep!;
        (again.Name, again.StageTimeLimit).ShouldBe(("all-of-it", TimeSpan.FromHours(2)));
        again.Objectives.ShouldBe(sweep.Objectives);
    }

    private static void Check(Sweep sweep, TrialConfiguration trial)
    {
        var text = OneModelFile.Head(sweep) + OneModelFile.Model(sweep, trial.Values, [trial.Seed]);
        var again = SweepFile.Parse(text, "again.yaml");

        again.Errors.Select(e => e.ToString()).ShouldBeEmpty(text);
        SweepPlan.Of(again.Sweep!).StageKeys.ShouldBe(
            TrialChain.Of(sweep, trial).Stages.Concat(TrialChain.Of(sweep, TrialChain.Reference(sweep, trial.Seed)).Stages).Select(s => s.Key).Distinct(), ignoreOrder: true, customMessage: text);
    }
}
