using Grid.Client.Drawing;

namespace Grid.Client.Tests.Drawing;

public sealed class FoldingTests
{
    [Theory]
    [InlineData("grid resume fashion-9ee4e3ce --retry-failed", 24, "grid resume", "fashion-9ee4e3ce", "--retry-failed")]
    [InlineData("a well-known word", 8, "a", "well-known", "word")]
    [InlineData("fashion-1  done", 20, "fashion-1  done")]
    [InlineData("fashion-1  done", 10, "fashion-1", "done")]
    [InlineData("  a list of things", 10, "  a list", "  of", "  things")]
    [InlineData("two\nlines", 10, "two", "lines")]
    [InlineData("", 10, "")]
    public void Lines_are_broken_between_words_alone(string text, int width, params string[] lines) => Folding.Fold(text, width).ShouldBe(lines);
}
