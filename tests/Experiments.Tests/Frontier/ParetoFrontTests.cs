using CsCheck;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;

namespace Grid.Experiments.Tests.Frontier;

public sealed class ParetoFrontTests
{
    [Fact]
    public void The_front_is_what_comparing_every_pair_finds() => FrontierGenerators.AnyGrid(40).Sample(points =>
    {
        var front = Build(points);
        front.Items.ShouldBe(FrontierGenerators.NonDominated(points));
    });

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void A_front_of_hundreds_is_what_comparing_every_pair_finds(int dimensions) => FrontierGenerators.NearPlane(dimensions, 600).Sample(points =>
        Build(points).Items.ShouldBe(FrontierGenerators.NonDominated(points)), iter: 50);

    [Fact]
    public void Hundreds_of_items_displace_exactly_those_they_dominate() => FrontierGenerators.NearPlane(3, 300).Sample(points =>
    {
        var front = Minimizing(3);
        var present = new List<int>();
        for (var i = 0; i < points.Length; i++)
        {
            var change = front.Add(i, points[i]);
            change.Displaced.ShouldBe(present.Where(p => FrontierGenerators.Dominates(points[i], points[p])));
            present.RemoveAll(change.Displaced.Contains);
            if (change.Entered)
                present.Add(i);
        }
        front.Items.ShouldBe(present);
    }, iter: 50);

    [Fact]
    public void Thousands_of_equal_items_stay_and_leave_together()
    {
        var front = Minimizing(2);
        for (var i = 0; i < 5_000; i++)
            front.Add(i, i % 2 == 0 ? 0.0 : -0.0, 1).Entered.ShouldBeTrue();

        front.Items.ShouldBe(Enumerable.Range(0, 5_000));
        front.Add(-1, 0, 0).Displaced.ShouldBe(Enumerable.Range(0, 5_000));
        front.Items.ShouldBe([-1]);
    }

    [Fact]
    public void A_front_that_is_replaced_again_and_again_stays_right()
    {
        var front = Minimizing(2);
        for (var generation = 0; generation < 20; generation++)
        {
            for (var i = 0; i < 200; i++)
                front.Add(i, i - (1000 * generation), 199 - i - (1000 * generation)).Entered.ShouldBeTrue();
            front.Items.ShouldBe(Enumerable.Range(0, 200));
        }
    }

    [Fact]
    public void Without_objectives_nothing_dominates_anything()
    {
        var front = Minimizing(0);
        for (var i = 0; i < 100; i++)
            front.Add(i).Entered.ShouldBeTrue();
        front.Items.ShouldBe(Enumerable.Range(0, 100));
    }

    [Fact]
    public void Every_item_is_on_the_front_was_displaced_or_never_entered() => FrontierGenerators.AnyGrid(40).Sample(points =>
    {
        var front = Minimizing(points.FirstOrDefault()?.Length ?? 1);
        var present = new List<int>();
        for (var i = 0; i < points.Length; i++)
        {
            var change = front.Add(i, points[i]);
            change.Displaced.ShouldBe(present.Where(p => FrontierGenerators.Dominates(points[i], points[p])));
            present.RemoveAll(change.Displaced.Contains);
            if (change.Entered)
                present.Add(i);
            front.Items.ShouldBe(present);
        }
    });

    [Fact]
    public void Large_fronts_are_right_beyond_the_first_growth_of_the_arrays()
    {
        // A line on which nothing dominates anything, then one point that dominates the middle of it.
        var front = Minimizing(2);
        for (var i = 0; i < 1_000; i++)
            front.Add(i, i, 999 - i).Entered.ShouldBeTrue();
        front.Add(-1, 399.5, 399.5).Displaced.ShouldBe(Enumerable.Range(400, 200));
        front.Items.Count.ShouldBe(801);
        front.Add(-2, 0, 999.5).Entry.ShouldBe(FrontEntry.Dominated);
        front.Add(-3, -1, -1).Displaced.Count.ShouldBe(801);
        front.Items.ShouldBe([-3]);
    }

    [Fact]
    public void Items_with_equal_values_all_stay_and_leave_together()
    {
        var front = new ParetoFront<string>(Direction.Maximize, Direction.Minimize);
        front.Add("a", 0.9, 10).Entered.ShouldBeTrue();
        front.Add("b", 0.9, 10).Displaced.ShouldBeEmpty();
        front.Items.ShouldBe(["a", "b"]);
        front.Add("c", 0.9, 9).Displaced.ShouldBe(["a", "b"]);
        front.Items.ShouldBe(["c"]);
    }

    [Fact]
    public void A_tie_in_one_objective_is_decided_by_the_other()
    {
        var front = new ParetoFront<string>(Direction.Maximize, Direction.Minimize);
        front.Add("slow", 0.9, 10);
        front.Add("slower", 0.9, 11).Entry.ShouldBe(FrontEntry.Dominated);
        front.Add("better", 0.95, 10).Displaced.ShouldBe(["slow"]);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_value_that_is_not_finite_never_enters(double value)
    {
        var front = Minimizing(2);
        front.Add(0, value, -1).Entry.ShouldBe(FrontEntry.NotComparable);
        front.Add(1, 1, 1).Entered.ShouldBeTrue();
        front.Add(2, 0, value).Entry.ShouldBe(FrontEntry.NotComparable);
        front.Items.ShouldBe([1]);
    }

    [Fact]
    public void The_wrong_number_of_values_is_refused() =>
        Should.Throw<ArgumentException>(() => Minimizing(2).Add(0, 1)).Message.ShouldContain("1 values for 2 objectives");

    [Fact]
    public void Finding_the_front_at_once_gives_the_same_as_one_by_one() => FrontierGenerators.AnyGrid(40).Sample(points =>
        NonDominated.Of(points).ShouldBe(FrontierGenerators.NonDominated(points)));

    [Fact]
    public void Finding_the_front_at_once_passes_over_what_is_not_finite() =>
        NonDominated.Of([[double.NaN, 0], [1, 1], [0, double.NegativeInfinity], [1, 1], [2, 1]]).ShouldBe([1, 3]);

    private static ParetoFront<int> Build(double[][] points)
    {
        var front = Minimizing(points.FirstOrDefault()?.Length ?? 1);
        for (var i = 0; i < points.Length; i++)
            front.Add(i, points[i]);
        return front;
    }

    private static ParetoFront<int> Minimizing(int objectives) => new(Enumerable.Repeat(Direction.Minimize, objectives).ToArray());
}
