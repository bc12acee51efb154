using System.Net;
using Grid.Silo.Cluster;
using Microsoft.Extensions.Time.Testing;

namespace Grid.Silo.Tests.Cluster;

public sealed class SilentSilosTests
{
    private static readonly SiloAddress older = Silo(1);
    private static readonly SiloAddress younger = Silo(2);

    private readonly FakeTimeProvider time = new();

    [Fact]
    public void A_silo_is_silent_from_its_first_missing_answer_until_the_next_it_gives()
    {
        var silent = new SilentSilos(older, control: true, time);
        silent.Note(younger, true);
        silent.Note(younger, null);
        time.Advance(TimeSpan.FromSeconds(5));
        silent.Note(younger, null);
        time.Advance(TimeSpan.FromSeconds(5));

        silent.For(TimeSpan.FromSeconds(10)).ShouldBe([younger]);
        silent.For(TimeSpan.FromSeconds(11)).ShouldBeEmpty();
        silent.Note(younger, true);
        silent.For(TimeSpan.Zero).ShouldBeEmpty();
    }

    [Fact]
    public void A_silo_that_has_left_is_not_silent()
    {
        var silent = new SilentSilos(older, control: true, time);
        silent.Note(younger, null);

        silent.Keep([]);

        silent.For(TimeSpan.Zero).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Of_two_that_do_not_reach_each_other_exactly_one_gives_way(bool olderHosts, bool youngerHosts)
    {
        var ofOlder = new SilentSilos(older, olderHosts, time);
        var ofYounger = new SilentSilos(younger, youngerHosts, time);
        ofOlder.Note(younger, youngerHosts);
        ofYounger.Note(older, olderHosts);

        ofOlder.GivesWayTo(younger).ShouldBe(youngerHosts && !olderHosts);
        ofYounger.GivesWayTo(older).ShouldBe(!ofOlder.GivesWayTo(younger));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Of_two_that_have_never_reached_each_other_exactly_one_gives_way_to_what_others_say_of_it(bool olderHosts, bool youngerHosts)
    {
        var ofOlder = new SilentSilos(older, olderHosts, time);
        var ofYounger = new SilentSilos(younger, youngerHosts, time);
        ofOlder.Note(younger, null);
        ofYounger.Note(older, null);
        ofOlder.Learn(younger, youngerHosts);
        ofYounger.Learn(older, olderHosts);

        ofOlder.GivesWayTo(younger).ShouldBe(youngerHosts && !olderHosts);
        ofYounger.GivesWayTo(older).ShouldBe(!ofOlder.GivesWayTo(younger));
    }

    private static SiloAddress Silo(int generation) => SiloAddress.New(IPAddress.Loopback, 11_111, generation);
}
