using Grid.Experiments.Stages;
using Grid.Experiments.Store;
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
    public void What_a_lost_worker_was_at_goes_before_its_equals_and_not_before_later_kinds()
    {
        queue.Add(Offer("one", 1, StageKind.Train));
        queue.Add(Offer("one", 2, StageKind.Train));
        queue.Add(Offer("one", 3, StageKind.Train) with { Attempt = 1 });
        queue.Add(Offer("one", 4, StageKind.Prune));

        All().Select(o => o.Request.Spec.Settings.Integer("number")).ShouldBe([4, 3, 1, 2]);
    }

    [Fact]
    public void A_stage_offered_twice_waits_once()
    {
        queue.Add(Offer("one", 1)).ShouldBeTrue();
        queue.Add(Offer("one", 1)).ShouldBeFalse();

        queue.Count.ShouldBe(1);
        All().Count.ShouldBe(1);
    }

    [Fact]
    public void A_stage_of_several_experiments_waits_once_and_with_the_highest_of_their_priorities()
    {
        queue.Add(Offer("low", 1));
        queue.Add(Offer("middle", 2));
        queue.Add(Offer("high", 1));
        queue.SetShare("low", new PoolShare(-1, null));
        queue.SetShare("middle", PoolShare.Usual);
        queue.SetShare("high", new PoolShare(1, null));

        queue.Count.ShouldBe(2);
        Enumerable.Range(0, 3).Select(_ => queue.Take(_ => 0)?.Request.Experiment).ShouldBe(["high", "middle", null]);
        queue.Count.ShouldBe(0);
    }

    [Fact]
    public void What_has_used_its_limit_is_passed_over_and_keeps_its_turn()
    {
        foreach (var number in Enumerable.Range(0, 2))
        {
            queue.Add(Offer("limited", number));
            queue.Add(Offer("other", 10 + number));
        }
        queue.SetShare("limited", new PoolShare(0, 2));
        queue.SetShare("other", PoolShare.Usual);

        queue.Take(_ => 2)!.Request.Experiment.ShouldBe("other");
        queue.Take(_ => 1)!.Request.Experiment.ShouldBe("limited");
        queue.View(_ => 2).Select(w => (w.Experiment, w.Pending, w.AtLimit)).ShouldBe([("other", 1, false), ("limited", 1, true)]);
    }

    [Fact]
    public void Nothing_is_taken_of_an_experiment_whose_share_is_not_known()
    {
        queue.Add(Offer("new", 1));

        queue.LacksShares.ShouldBeTrue();
        queue.Take(_ => 0).ShouldBeNull();
        queue.SetShare("new", PoolShare.Usual);
        queue.LacksShares.ShouldBeFalse();
        queue.Take(_ => 0).ShouldNotBeNull();
    }

    [Fact]
    public void An_experiment_that_comes_again_is_new()
    {
        queue.Add(Offer("one", 1));
        queue.SetShare("one", PoolShare.Usual);
        queue.ForgetIdle();
        queue.LacksShares.ShouldBeFalse();
        queue.Take(_ => 0).ShouldNotBeNull();

        queue.ForgetIdle();
        queue.Add(Offer("one", 2));

        queue.LacksShares.ShouldBeTrue();
    }

    [Fact]
    public void A_stage_that_was_removed_is_not_taken_and_can_be_offered_again()
    {
        queue.Add(Offer("one", 1));
        queue.Remove(Offer("one", 1).Key).ShouldBeTrue();
        queue.SetShare("one", PoolShare.Usual);
        queue.Take(_ => 0).ShouldBeNull();

        queue.Add(Offer("one", 1) with { Attempt = 7 }).ShouldBeTrue();

        All().ShouldHaveSingleItem().Attempt.ShouldBe(7);
        queue.Remove(Offer("one", 1).Key).ShouldBeFalse();
    }

    private List<StageOffer> All()
    {
        var all = new List<StageOffer>();
        foreach (var experiment in queue.Experiments)
            queue.SetShare(experiment, PoolShare.Usual);
        while (queue.Take(_ => 0) is { } offer)
            all.Add(offer);
        queue.Count.ShouldBe(0);
        return all;
    }

    internal static StageOffer Offer(string experiment, int number, StageKind kind = StageKind.Prune) => new(
        new StageRequest(
            new StageSpec(kind, new StageSettings([new("number", StageSettings.Spell(number))])),
            experiment, TimeSpan.FromMinutes(1), null, null, false, "train/cpu"),
        0, true);
}
