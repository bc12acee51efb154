using Grid.Experiments.Stages;
using Grid.Grains.Contracts;
using Grid.Grains.Pools;

namespace Grid.Grains.Tests.Pools;

public sealed class OfferQueueTests
{
    private readonly OfferQueue queue = new();

    [Fact]
    public void Experiments_take_turns_however_much_one_offers()
    {
        foreach (var number in Enumerable.Range(0, 4))
            queue.Add(Offer("large", number));
        queue.Add(Offer("small", 10));
        queue.Add(Offer("small", 11));

        All().Select(o => o.Request.Experiment).ShouldBe(["large", "small", "large", "small", "large", "large"]);
    }

    [Fact]
    public void Later_kinds_of_one_experiment_go_first_and_equals_in_the_order_of_their_offers()
    {
        queue.Add(Offer("one", 1, StageKind.Train));
        queue.Add(Offer("one", 2, StageKind.Quantize));
        queue.Add(Offer("one", 3, StageKind.Train));
        queue.Add(Offer("one", 4, StageKind.Prune));

        All().Select(o => o.Request.Spec.Settings.Integer("number")).ShouldBe([2, 4, 1, 3]);
    }

    [Fact]
    public void A_stage_offered_twice_waits_once()
    {
        queue.Add(Offer("one", 1)).ShouldBeTrue();
        queue.Add(Offer("two", 1)).ShouldBeFalse();

        queue.Count.ShouldBe(1);
        All().Count.ShouldBe(1);
    }

    [Fact]
    public void A_stage_that_was_removed_is_not_taken_and_can_be_offered_again()
    {
        queue.Add(Offer("one", 1));
        queue.Remove(Offer("one", 1).Key).ShouldBeTrue();
        queue.Take().ShouldBeNull();

        queue.Add(Offer("one", 1) with { Attempt = 7 }).ShouldBeTrue();

        All().ShouldHaveSingleItem().Attempt.ShouldBe(7);
        queue.Remove(Offer("one", 1).Key).ShouldBeFalse();
    }

    private List<StageOffer> All()
    {
        var all = new List<StageOffer>();
        while (queue.Take() is { } offer)
            all.Add(offer);
        queue.Count.ShouldBe(0);
        return all;
    }

    private static StageOffer Offer(string experiment, int number, StageKind kind = StageKind.Prune) => new(
        new StageRequest(
            new StageSpec(kind, new StageSettings([new("number", StageSettings.Spell(number))])),
            experiment, TimeSpan.FromMinutes(1), null, null, false, "train/cpu"),
        0, true);
}
