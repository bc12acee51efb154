using Grid.Experiments.Stages;

namespace Grid.Experiments.Tests.Stages;

public sealed class StageSpecTests
{
    private static StageSpec Spec => new(StageKind.Train, new StageSettings([new("epochs", "2")]), "parent", Seed: 1);

    [Fact]
    public void A_changed_copy_has_a_key_of_its_own()
    {
        var spec = Spec;
        var key = spec.Key;

        (spec with { Seed = 2 }).Key.ShouldBe((Spec with { Seed = 2 }).Key);
        (spec with { Seed = 2 }).Key.ShouldNotBe(key);
        (spec with { }).Key.ShouldBe(key);
    }

    [Fact]
    public void Specifications_of_one_key_are_equal_whether_it_was_asked_for_or_not()
    {
        var asked = Spec;
        _ = asked.Key;

        asked.ShouldBe(Spec);
        asked.ShouldNotBe(Spec with { Parent = null });
    }
}
