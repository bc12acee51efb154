using Grid.Client.Drawing;

namespace Grid.Client.Tests.Drawing;

public sealed class CountedTests
{
    [Theory]
    [InlineData(0, "0 trials")]
    [InlineData(1, "1 trial")]
    [InlineData(2, "2 trials")]
    public void One_is_not_several(long count, string text) => Counted.Of(count, "trial").ShouldBe(text);

    [Theory]
    [InlineData(1, "1 waits")]
    [InlineData(2, "2 wait")]
    public void One_does_what_several_do(long count, string text) => Counted.Doing(count, "wait").ShouldBe(text);
}
