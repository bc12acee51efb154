using Grid.Experiments.Sweeps;
using static Grid.Experiments.Tests.Sweeps.Files.SweepText;

namespace Grid.Experiments.Tests.Sweeps.Files;

public sealed class BudgetTests
{
    [Fact]
    public void A_budget_holds_what_it_says() =>
        Read(With("budget: { energy: 50 kJ, time: 2h, trials: 500 }")).Budget.ShouldBe(new SweepBudget(50_000, TimeSpan.FromHours(2), 500));

    [Theory]
    [InlineData("200 J", 200)]
    [InlineData("200J", 200)]
    [InlineData("1.5 kJ", 1_500)]
    [InlineData("0.25 MJ", 250_000)]
    [InlineData("2 Wh", 7_200)]
    [InlineData("1 kWh", 3_600_000)]
    public void Energy_has_a_unit(string text, double joules) => Read(With($"budget: {{ energy: {text} }}")).Budget.ShouldBe(new SweepBudget(Energy: joules));

    [Fact]
    public void One_budget_in_two_spellings_is_one_sweep()
    {
        ExperimentId.Of(Read(With("budget: { energy: 1 kWh, time: 90m }"))).ShouldBe(ExperimentId.Of(Read(With("budget: { time: 1.5h, energy: 3.6 MJ }"))));
        ExperimentId.Of(Read(With("budget: { time: 90m }"))).ShouldNotBe(ExperimentId.Of(Read(With())));
    }

    [Fact]
    public void A_sweep_without_one_is_the_same_as_before_there_were_any() => SweepJson.Write(Read(With())).ShouldNotContain("budget\":{");

    [Fact]
    public void The_uncompressed_models_are_within_the_budget_of_trials() =>
        Errors(With("seeds: [1, 2, 3]", "budget: { trials: 2 }")).ShouldHaveSingleItem()
            .ShouldContain("budget.trials is 2: the uncompressed model is tried first, once with each seed; accepted: 3 or more.");
}
