using Grid.Client.Drawing;
using Spectre.Console.Testing;

namespace Grid.Client.Tests.Drawing;

public sealed class PointTableTests
{
    private static string[] Draw(int width, bool fold)
    {
        using var console = new TestConsole { EmitAnsiSequences = false };
        console.Profile.Width = width;
        console.Write(new PointTable(Samples.Outcome(), Samples.Outcome().Points, fold));
        return console.Output.TrimEnd('\n').Split('\n');
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(140)]
    public void Numbers_are_never_broken_and_lines_keep_to_the_width(int width)
    {
        var lines = Draw(width, fold: true);

        lines.ShouldAllBe(l => l.Length <= width);
        lines.ShouldContain(l => l.Contains("97.10 %") && l.Contains("5.10 µs"));
    }

    [Fact]
    public void The_recommended_point_and_the_reference_are_marked()
    {
        var lines = Draw(140, fold: true);

        lines.Single(l => l.Contains('★')).ShouldContain("prune method=channel ratio=0.8");
        lines.Single(l => l.Contains('◇')).ShouldContain("uncompressed");
    }

    [Fact]
    public void Long_settings_go_on_in_further_lines_or_are_cut()
    {
        Draw(80, fold: true).Length.ShouldBeGreaterThan(5 + PointTable.LinesOfFrame);
        Draw(80, fold: false).Length.ShouldBe(5 + PointTable.LinesOfFrame);
        Draw(80, fold: false).ShouldContain(l => l.EndsWith('…'));
    }
}
