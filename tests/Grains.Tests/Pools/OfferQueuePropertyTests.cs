using CsCheck;
using Grid.Experiments.Store;
using Grid.Grains.Pools;

namespace Grid.Grains.Tests.Pools;

/// <summary>What holds of the queue after whatever happened to it.</summary>
public sealed class OfferQueuePropertyTests
{
    private static readonly string[] experiments = ["a", "b", "c", "d"];

    private static readonly Gen<PoolShare> anyShare = Gen.Select(
        Gen.Int[-1, 1], Gen.Int[0, 3], (priority, most) => new PoolShare(priority, most == 0 ? null : most));

    private static readonly Gen<Step> anyStep = Gen.Select(
        Gen.Int[0, 9], Gen.Int[0, experiments.Length - 1], Gen.Int[0, 11], anyShare,
        (what, who, stage, share) => new Step(what switch { < 4 => What.Offer, < 7 => What.Take, 7 => What.End, 8 => What.Withdraw, _ => What.Share }, experiments[who], stage, share));

    [Fact]
    public void Whoever_is_taken_has_a_slot_left_the_highest_priority_and_of_equals_waited_longest_for_a_turn() => anyStep.Array[0, 120].Sample(steps =>
    {
        var model = new Model();
        foreach (var step in steps)
            model.Do(step);
    });

    [Fact]
    public void Equals_that_all_have_enough_to_do_get_the_same() => Gen.Select(Gen.Int[1, 6], Gen.Int[1, 8], Gen.Int[-10, 10]).Sample((count, each, priority) =>
    {
        var queue = new OfferQueue();
        var names = Enumerable.Range(0, count).Select(i => $"e{i}").ToArray();
        foreach (var (name, i) in names.Select((name, i) => (name, i)))
        {
            for (var stage = 0; stage < each + i; stage++)
                queue.Add(OfferQueueTests.Offer(name, (1000 * i) + stage));
            queue.SetShare(name, new PoolShare(priority, null));
        }

        var taken = Enumerable.Range(0, count * each).Select(_ => queue.Take(_ => 0)!.Request.Experiment).CountBy(name => name).ToDictionary();

        names.ShouldAllBe(name => taken[name] == each);
    });

    private enum What
    {
        Offer,
        Take,
        End,
        Withdraw,
        Share,
    }

    private sealed record Step(What What, string Experiment, int Stage, PoolShare Share);

    /// <summary>The slow, obvious queue beside the real one.</summary>
    private sealed class Model
    {
        private readonly OfferQueue queue = new();
        private readonly HashSet<(string Experiment, int Stage)> waiting = [];
        private readonly List<(string Experiment, int Stage)> leases = [];
        private readonly Dictionary<string, PoolShare> shares = experiments.ToDictionary(e => e, _ => PoolShare.Usual);
        private readonly Dictionary<string, int> turns = [];
        private int clock;

        public void Do(Step step)
        {
            clock++;
            switch (step.What)
            {
                case What.Offer:
                    Offer(step.Experiment, step.Stage);
                    break;
                case What.Take:
                    Take();
                    break;
                case What.End when leases.Count > 0:
                    leases.RemoveAt(step.Stage % leases.Count);
                    break;
                case What.Withdraw:
                    queue.Remove(OfferQueueTests.Offer("", step.Stage).Key).ShouldBe(waiting.RemoveWhere(w => w.Stage == step.Stage) > 0);
                    break;
                case What.Share:
                    shares[step.Experiment] = step.Share;
                    queue.SetShare(step.Experiment, step.Share);
                    break;
            }
            queue.Count.ShouldBe(waiting.Select(w => w.Stage).Distinct().Count());
            queue.View(Slots).ToDictionary(v => v.Experiment, v => v.Pending).ShouldBe(waiting.CountBy(w => w.Experiment).ToDictionary(), ignoreOrder: true);
        }

        private void Offer(string experiment, int stage)
        {
            queue.Add(OfferQueueTests.Offer(experiment, stage)).ShouldBe(waiting.Add((experiment, stage)));
            queue.SetShare(experiment, shares[experiment]);
            turns.TryAdd(experiment, clock);
        }

        private void Take()
        {
            var may = waiting.Select(w => w.Experiment).Distinct().Where(e => !(Slots(e) >= shares[e].MostSlots)).ToList();
            var offer = queue.Take(Slots);
            (offer is null).ShouldBe(may.Count == 0);
            if (offer is null)
                return;
            var taken = offer.Request.Experiment;
            var highest = may.Max(e => shares[e].Priority);
            taken.ShouldBe(may.Where(e => shares[e].Priority == highest).MinBy(e => turns[e]));
            var stage = offer.Request.Spec.Settings.Integer("number");
            waiting.ShouldContain((taken, stage));
            waiting.RemoveWhere(w => w.Stage == stage);
            leases.Add((taken, stage));
            turns[taken] = clock;
        }

        private int Slots(string experiment) => leases.Count(l => l.Experiment == experiment);
    }
}
