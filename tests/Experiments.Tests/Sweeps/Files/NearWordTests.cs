using CsCheck;
using Grid.Experiments.Sweeps.Files;

namespace Grid.Experiments.Tests.Sweeps.Files;

public sealed class NearWordTests
{
    private static readonly Gen<string> Word = Gen.Char["abc"].Array[0, 6].Select(letters => new string(letters));

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("epoch", "epochs", 1)]
    [InlineData("adma", "adam", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    public void Edits_are_insertions_deletions_replacements_and_swaps(string a, string b, int edits) => NearWord.Edits(a, b).ShouldBe(edits);

    [Fact]
    public void Edits_are_symmetric_and_none_only_between_equal_words() => Gen.Select(Word, Word).Sample((a, b) =>
    {
        NearWord.Edits(a, b).ShouldBe(NearWord.Edits(b, a));
        (NearWord.Edits(a, b) == 0).ShouldBe(a == b);
        NearWord.Edits(a, b).ShouldBeInRange(Math.Abs(a.Length - b.Length), Math.Max(a.Length, b.Length));
    });

    [Theory]
    [InlineData("STATIC", "static")]
    [InlineData("pruen.ratio", "prune.ratio")]
    [InlineData("ratio", "prune.ratio")]
    [InlineData("xyz", null)]
    [InlineData("", null)]
    public void The_nearest_word_is_guessed_if_it_is_near(string word, string? guess) =>
        NearWord.Of(word, ["static", "prune.ratio", "quantize.step"]).ShouldBe(guess);

    [Fact]
    public void A_word_of_a_million_letters_is_not_compared() => NearWord.Of(new string('s', 1_000_000), ["static"]).ShouldBeNull();
}
