using Grid.Experiments.Stages;
using Grid.Grains.Contracts;
using Grid.Grains.Experiments;

namespace Grid.Grains.Tests.Experiments;

public sealed class StageBookTests
{
    private const string Artifact = "00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210";

    private static readonly StageSpec spec = new(StageKind.Prune, new StageSettings([new("ratio", "0.5")]), Parent: new string('a', 64));

    private readonly StageBook book = new();

    [Theory]
    [InlineData(StageEnding.Computed)]
    [InlineData(StageEnding.Reused)]
    public void A_shelved_stage_is_counted_and_known_as_it_ended(StageEnding ending)
    {
        End(ending);

        book.Shelve(book[spec]);

        book.Find(spec.Key).ShouldBeNull();
        (book.Ending(spec.Key), book.Artifact(spec.Key)).ShouldBe((ending, Artifact));
        (book.Total, book.Computed + book.Reused).ShouldBe((1, 1));
        book.Outstanding.ShouldBeEmpty();
    }

    [Fact]
    public void A_shelved_stage_that_is_done_again_counts_once_and_as_computed()
    {
        End(StageEnding.Computed);
        book.Shelve(book[spec]);

        book.Reopen(book[spec]);
        book.Ending(spec.Key).ShouldBeNull();
        End(StageEnding.Reused);

        (book.Total, book.Computed, book.Reused).ShouldBe((1, 1, 0));
    }

    [Fact]
    public void A_stage_that_failed_or_is_open_is_not_shelved()
    {
        book.Shelve(book[spec]);
        book.Find(spec.Key).ShouldNotBeNull();

        book.End(book[spec], new StageEnd { Key = spec.Key, Ending = StageEnding.Failed, Error = "why" });
        book.Shelve(book[spec]);

        book.Find(spec.Key)!.Error.ShouldBe("why");
    }

    [Fact]
    public void Of_a_stage_never_come_across_nothing_is_known() =>
        (book.Ending(spec.Key), book.Artifact(spec.Key), book.Artifact(null), book.Total).ShouldBe((null, null, null, 0));

    private void End(StageEnding ending) =>
        book.End(book[spec], new StageEnd { Key = spec.Key, Ending = ending, Artifact = Artifact }).ShouldBeTrue();
}
