using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps;

namespace Grid.Experiments.Tests.Sweeps;

public sealed class SweepExtensionTests
{
    private static readonly Sweep old = SweepBuilder.Build(
        [StageKind.Prune, StageKind.FineTune],
        [SweepBuilder.List("prune.ratio", "0.3", "0.6"), SweepBuilder.Range("finetune.epochs", 1, 3, whole: true)],
        seeds: [1, 2]);

    [Fact]
    public void More_values_and_seeds_in_any_order_extend_a_grid() => SweepExtension.Obstacles(
        old,
        old with
        {
            Space = [SweepBuilder.Range("finetune.epochs", 0, 5, whole: true), SweepBuilder.List("prune.ratio", "0.9", "0.6", "0.3")],
            Seeds = [3, 2, 1],
            StageTimeLimit = TimeSpan.FromHours(3),
        }).ShouldBeEmpty();

    [Fact]
    public void A_sample_gets_more_budget_and_seeds_but_no_other_space()
    {
        var sample = old with { Strategy = new StrategySettings("sobol", 10, 1) };

        SweepExtension.Obstacles(sample, sample with { Strategy = sample.Strategy with { Budget = 20 } }).ShouldBeEmpty();
        SweepExtension.Obstacles(sample, sample with { Strategy = sample.Strategy with { Budget = 9 } }).ShouldHaveSingleItem().ShouldContain("it was 10");
        SweepExtension.Obstacles(sample, sample with { Space = [SweepBuilder.List("prune.ratio", "0.3", "0.6", "0.9"), old.Space[1]] })
            .ShouldHaveSingleItem().ShouldContain("only budget and seeds can grow");
        SweepExtension.Obstacles(sample, sample with { Strategy = sample.Strategy with { Seed = 2 } }).ShouldHaveSingleItem().ShouldContain("with seed 2");
    }

    [Fact]
    public void A_budget_of_energy_or_time_may_change_as_it_changes_no_trial()
    {
        var limited = old with { Budget = new(Time: TimeSpan.FromHours(1)) };

        SweepExtension.Obstacles(limited, limited with { Budget = new(Time: TimeSpan.FromHours(2)) }).ShouldBeEmpty();
        SweepExtension.Obstacles(limited, old).ShouldBeEmpty();
        SweepExtension.Obstacles(limited, limited).ShouldHaveSingleItem().ShouldStartWith("It is the same sweep");
    }

    [Fact]
    public void Everything_that_does_not_fit_is_said()
    {
        var other = old with
        {
            Name = "other",
            Fixed = new StageSettings([new("train.epochs", "77")]),
            Space = [SweepBuilder.List("prune.ratio", "0.3"), SweepBuilder.Range("finetune.epochs", 2, 3, whole: true)],
            Seeds = [1],
        };

        var said = string.Join('\n', SweepExtension.Obstacles(old, other));

        foreach (var part in new[] { "name differs", "fixed differs", "prune.ratio lacks 0.6", "finetune.epochs lacks some of 1 to 3", "seeds lack 2" })
            said.ShouldContain(part);
        SweepExtension.Obstacles(old, old with { Space = [old.Space[0]] }).ShouldHaveSingleItem().ShouldContain("other parameters");
    }

    [Fact]
    public void The_same_sweep_extends_nothing() => SweepExtension.Obstacles(old, old).ShouldHaveSingleItem().ShouldContain("the same sweep");
}
