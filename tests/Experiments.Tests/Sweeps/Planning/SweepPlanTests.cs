using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps.Planning;
using Grid.Experiments.Sweeps.Space;
using static Grid.Experiments.Tests.Sweeps.SweepBuilder;

namespace Grid.Experiments.Tests.Sweeps.Planning;

public sealed class SweepPlanTests
{
    [Fact]
    public void A_budget_of_trials_leaves_out_the_last()
    {
        var whole = Build(AllStages, Example);

        var plan = SweepPlan.Of(whole with { Budget = new(Trials: 100) });

        (plan.Trials, plan.BeyondBudget, plan.Combinations, plan.Collapsed).ShouldBe((100, 70, 288, 118));
        plan.StageKeys.ShouldBe(SweepPlan.Of(whole).StageKeys.Take(plan.StageKeys.Count));
        SweepPlan.Of(whole with { Budget = new(Trials: 170) }).BeyondBudget.ShouldBe(0);
        SweepPlan.Of(whole with { Budget = new(Time: TimeSpan.FromHours(1)) }).Trials.ShouldBe(170);
    }

    [Fact]
    public void Counts_what_collapses_and_what_is_shared()
    {
        var plan = SweepPlan.Of(Build(AllStages, Example));

        plan.Combinations.ShouldBe(288);
        plan.Trials.ShouldBe(170);
        plan.Collapsed.ShouldBe(118);
        plan.DistinctStages.ShouldBe(new Dictionary<StageKind, int>
        {
            [StageKind.Source] = 1,
            [StageKind.Train] = 1,
            [StageKind.Prune] = 4,
            [StageKind.FineTune] = 5,
            [StageKind.Quantize] = 160,
            [StageKind.Measure] = 170,
        });
        plan.StageKeys.Count.ShouldBe(341);
        plan.StageKeys.ShouldBeUnique();
        // Source, train and measure in each of the 170; prune in 4 of 5, fine-tune in 1 of 2, quantize in 16 of 17.
        plan.StagesWithoutSharing.ShouldBe((3 * 170) + 136 + 85 + 160);
        plan.UnsharedStages.ShouldBe(new Dictionary<StageKind, int>
        {
            [StageKind.Source] = 170,
            [StageKind.Train] = 170,
            [StageKind.Prune] = 136,
            [StageKind.FineTune] = 85,
            [StageKind.Quantize] = 160,
            [StageKind.Measure] = 170,
        });
    }

    [Fact]
    public void Counts_the_references_beside_the_grid()
    {
        var plan = SweepPlan.Of(Build([StageKind.Prune], [List("prune.ratio", "0.5", "0.8")], seeds: [1, 2]));

        plan.Combinations.ShouldBe(4);
        plan.Trials.ShouldBe(6);
        plan.Collapsed.ShouldBe(0);
        plan.DistinctStages[StageKind.Train].ShouldBe(2);
    }

    [Fact]
    public void Counts_a_budget_larger_than_the_space()
    {
        var plan = SweepPlan.Of(Build([StageKind.Prune], [List("prune.ratio", "0.5", "0.8")], strategy: new("random", 10, 1)));

        (plan.Combinations, plan.Trials, plan.Collapsed).ShouldBe((10, 3, 8));
    }

    [Fact]
    public void Counts_a_hundred_thousand_trials()
    {
        var ratios = new ParameterRange(0.01, 0.9, false, false, 100).Points(100);
        var steps = new ParameterRange(0.001, 1, true, false, 1_000).Points(1_000);

        var plan = SweepPlan.Of(Build(
            [StageKind.Prune, StageKind.Quantize], [List("prune.ratio", [.. ratios]), List("quantize.step", [.. steps])]));

        plan.Trials.ShouldBe(100_001);
        plan.DistinctStages[StageKind.Quantize].ShouldBe(100_000);
    }
}
