using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;
using Grid.Experiments.Sweeps.Strategies;
using static Grid.Experiments.Tests.Sweeps.SweepBuilder;

namespace Grid.Experiments.Tests.Sweeps.Strategies;

public sealed class SweepStrategiesTests
{
    [Fact]
    public void A_grid_asks_for_every_configuration_but_the_reference_once_with_every_seed()
    {
        var sweep = Build(AllStages, Example, seeds: [1, 2, 3]);
        var strategy = SweepStrategies.Create(sweep);

        var trials = All(strategy);

        trials.Count.ShouldBe(169 * 3);
        strategy.Total.ShouldBe(169 * 3);
        trials.Select(t => t.Canonical).ShouldBeUnique();
        trials.ShouldNotContain(TrialChain.Reference(sweep, 1));
        trials.Take(3).Select(t => t.Seed).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void A_grid_that_does_not_contain_the_reference_is_asked_for_in_full()
    {
        var strategy = SweepStrategies.Create(Build([StageKind.Prune, StageKind.FineTune], [List("prune.ratio", "0", "0.5")]));

        strategy.Total.ShouldBe(2);
        All(strategy).Count.ShouldBe(2);
    }

    [Fact]
    public void A_million_trials_are_streamed()
    {
        var strategy = SweepStrategies.Create(Build(
            AllStages, [Range("finetune.batch", 1, 1_000, whole: true), Range("quantize.bits", 2, 16, whole: true), Range("prune.ratio", 0.1, 0.9)
                with { Values = [.. Enumerable.Range(1, 60).Select(i => StageSettings.Spell(i / 100.0))] }]));
        var before = GC.GetAllocatedBytesForCurrentThread();

        strategy.Ask(500).Count.ShouldBe(500);

        strategy.Total.ShouldBe(900_000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(20_000_000);
    }

    [Fact]
    public void Neighbours_in_a_grid_share_the_earlier_stages()
    {
        var trials = All(SweepStrategies.Create(Build(AllStages, Example)));
        var prefixes = trials.Select(t => string.Join(',', t.Values.Where(v => v.Key.StartsWith("prune", StringComparison.Ordinal)))).ToList();

        // Once a pruning is left it never comes back.
        prefixes.Zip(prefixes.Skip(1)).Count(pair => pair.First != pair.Second).ShouldBe(prefixes.Distinct().Count() - 1);
    }

    [Theory]
    [InlineData("random")]
    [InlineData("sobol")]
    public void Sampling_a_finite_space_finds_all_of_it_and_knows_the_end(string name)
    {
        var strategy = SweepStrategies.Create(Build(AllStages, Example, strategy: new(name, 1_000, 1)));

        var trials = All(strategy);

        strategy.Total.ShouldBe(169);
        trials.Count.ShouldBe(169);
        trials.ShouldBeUnique();
    }

    [Theory]
    [InlineData("random")]
    [InlineData("sobol")]
    public void Sampling_stops_at_the_budget_and_never_repeats(string name)
    {
        var sweep = Build(
            AllStages, [Range("prune.ratio", 0, 0.9), Range("quantize.step", 1e-3, 256, logarithmic: true), Range("finetune.epochs", 0, 5, whole: true)],
            strategy: new(name, 300, 7), seeds: [4, 5]);
        var strategy = SweepStrategies.Create(sweep);

        var trials = All(strategy);

        strategy.Total.ShouldBe(600);
        trials.Count.ShouldBe(600);
        trials.ShouldBeUnique();
        trials.ShouldBe(All(SweepStrategies.Create(sweep)), "equal calls give equal answers");
        trials.ShouldNotBe(All(SweepStrategies.Create(sweep with { Strategy = new(name, 300, 8) })));
        trials.CountBy(t => t.Values.GetValueOrDefault("finetune.epochs", "0")).ShouldAllBe(c => c.Value > 60 && c.Value < 140);
    }

    [Fact]
    public void A_range_that_never_matters_ends_the_sampling()
    {
        // Without static quantization the percentile means nothing: there is one configuration, whatever is drawn.
        var strategy = SweepStrategies.Create(Build(
            [StageKind.Quantize], [Range("quantize.percentile", 90, 100)], strategy: new("random", 50, 1)));

        All(strategy).Count.ShouldBe(1);
    }

    [Fact]
    public void A_strategy_without_what_it_needs_is_refused()
    {
        Should.Throw<ArgumentException>(() => SweepStrategies.Create(Build([StageKind.Prune], [Range("prune.ratio", 0, 0.5)])));
        Should.Throw<ArgumentException>(() => SweepStrategies.Create(Build([StageKind.Prune], [], strategy: new("random", null, 1))));
        Should.Throw<ArgumentException>(() => SweepStrategies.Create(Build([StageKind.Prune], [], strategy: new("annealing", 5, 1))));
    }

    private static List<TrialConfiguration> All(ISweepStrategy strategy)
    {
        var trials = new List<TrialConfiguration>();
        while (!strategy.Finished)
            trials.AddRange(strategy.Ask(7));
        strategy.Ask(7).ShouldBeEmpty();
        return trials;
    }
}
