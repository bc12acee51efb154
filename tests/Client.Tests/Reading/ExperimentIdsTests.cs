using Grid.Client.Reading;
using Grid.Experiments.Store;

namespace Grid.Client.Tests.Reading;

public sealed class ExperimentIdsTests
{
    private static readonly ExperimentRow[] Rows =
    [
        Samples.Row("fashion-11111111", "fashion", minute: 1), Samples.Row("digits-22222222", "digits", minute: 3), Samples.Row("fashion-33333333", "fashion", minute: 2),
    ];

    [Theory]
    [InlineData("fashion-11111111", "fashion-11111111")]
    [InlineData("digits", "digits-22222222")]
    [InlineData("latest", "digits-22222222")]
    [InlineData("fashion-1", "fashion-11111111")]
    [InlineData("d", "digits-22222222")]
    public void An_id_its_beginning_a_unique_name_and_latest_are_found(string asked, string id) => ExperimentIds.Resolve(Rows, asked, "home").Id.ShouldBe(id);

    [Fact]
    public void An_ambiguous_name_lists_the_ids()
    {
        var message = Should.Throw<UserException>(() => ExperimentIds.Resolve(Rows, "fashion", "home")).Messages.Single();

        message.ShouldContain("fashion-33333333, fashion-11111111");
        message.ShouldNotContain("digits");
    }

    [Fact]
    public void A_beginning_that_several_ids_share_is_ambiguous() =>
        Should.Throw<UserException>(() => ExperimentIds.Resolve(Rows, "fash", "home")).Message.ShouldContain("2 experiments begin with 'fash'");

    [Fact]
    public void A_name_wins_over_ids_that_begin_with_it() =>
        ExperimentIds.Resolve([.. Rows, Samples.Row("digits-2-44444444", "digits-2")], "digits", "home").Id.ShouldBe("digits-22222222");

    [Fact]
    public void An_unknown_id_lists_what_there_is() =>
        Should.Throw<UserException>(() => ExperimentIds.Resolve(Rows, "mnist", "home")).Message.ShouldContain("digits-22222222");

    [Fact]
    public void An_empty_home_says_how_to_begin() =>
        Should.Throw<UserException>(() => ExperimentIds.Resolve([], "latest", "home")).Message.ShouldContain("grid run");
}
