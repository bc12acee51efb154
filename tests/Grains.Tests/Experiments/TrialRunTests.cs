using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps;
using Grid.Grains.Experiments;

namespace Grid.Grains.Tests.Experiments;

public sealed class TrialRunTests
{
    private static readonly StageSpec Source = new(StageKind.Source, StageSettings.Empty);
    private static readonly StageSpec Prune = new(StageKind.Prune, StageSettings.Empty, Source.Key);
    private static readonly StageSpec Local = new(StageKind.Measure, StageSettings.Empty, Prune.Key);
    private static readonly StageSpec Arm = new(StageKind.Measure, new StageSettings([new("device", "arm")]), Prune.Key);
    private static readonly StageSpec Test = new(StageKind.Test, StageSettings.Empty, Prune.Key);

    [Fact]
    public void Models_are_made_one_after_the_other_and_measured_everywhere_at_once()
    {
        var trial = Trial();

        var steps = Enumerable.Range(0, 5).Select(position =>
        {
            trial.Position = position;
            return trial.Next.ToArray();
        }).ToArray();

        steps.ShouldBe([[Source], [Prune], [Local, Arm], [Arm], [Test]]);
    }

    [Fact]
    public void One_damaged_model_counts_once_however_many_find_it()
    {
        var trial = Trial();
        trial.Position = 2;

        trial.GoBack(Prune);
        trial.GoBack(Prune);

        (trial.Position, trial.Recoveries).ShouldBe((1, 1));
    }

    [Fact]
    public void The_first_class_is_the_one_that_a_strategy_hears_of()
    {
        Trial().IsFirstLeaf(Local).ShouldBeTrue();
        Trial().IsFirstLeaf(Arm).ShouldBeFalse();
    }

    private static TrialRun Trial() => new(3, new TrialConfiguration(StageSettings.Empty, 1), [Source, Prune, Local, Arm, Test]);
}
