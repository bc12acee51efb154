using Grid.Client.Drawing;
using Spectre.Console.Testing;

namespace Grid.Client.Tests.Drawing;

public sealed class TerminalPlotTests
{
    private static string[] Draw(Scatter scatter, int width = 80, int lines = 18, bool unicode = true)
    {
        using var console = new TestConsole { EmitAnsiSequences = false };
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = unicode;
        console.Write(new TerminalPlot(scatter, lines));
        return console.Output.Split('\n');
    }

    [Fact]
    public void The_kinds_of_points_differ_without_colour()
    {
        var plot = string.Join('\n', Draw(Scatters.ForObjectives(Samples.Outcome())));

        plot.ShouldContain("●");
        plot.ShouldContain("★");
        plot.ShouldContain("◇");
        plot.ShouldContain("·");
        plot.ShouldContain("★ recommended");
        plot.ShouldContain("◇ uncompressed reference");
    }

    [Fact]
    public void The_axes_say_what_they_show_and_in_which_unit()
    {
        var plot = string.Join('\n', Draw(Scatters.ForObjectives(Samples.Outcome())));

        plot.ShouldContain("accuracy (validation)");
        plot.ShouldContain("latency (p50, batch 1)");
        plot.ShouldContain("µs");
        plot.ShouldContain(" %");
    }

    [Fact]
    public void A_better_point_stands_higher_and_a_cheaper_one_further_left()
    {
        var lines = Draw(Scatters.ForObjectives(Samples.Outcome()));
        var star = Place(lines, '★');
        var reference = Place(lines, '◇');

        star.Column.ShouldBeLessThan(reference.Column);
        star.Line.ShouldBeGreaterThan(reference.Line);
    }

    [Fact]
    public void The_reference_is_seen_beside_a_point_of_the_frontier_that_is_as_good()
    {
        var objectives = Samples.Sweep().Objectives;
        Mark[] marks = [new(1, 0.9, MarkKind.Reference, 0), new(1, 0.9, MarkKind.Recommended, 1), new(1, 0.9, MarkKind.Frontier, 2), new(2, 0.95, MarkKind.Frontier, 3)];

        var lines = Draw(new Scatter(objectives[1], objectives[0], marks));

        lines.ShouldContain(l => l.Contains('★') && l.Contains('◇') && !l.Contains("recommended"));
    }

    [Theory]
    [InlineData(218_071, 218_074, 0.97551, 0.97556)]
    [InlineData(100_000, 100_001, 0.5, 0.50001)]
    [InlineData(9_100, 218_071, 0.94, 0.97)]
    public void Marks_of_an_axis_differ_however_little_its_values_do(double small, double large, double low, double high)
    {
        var objectives = Samples.Sweep().Objectives;

        var lines = Draw(new Scatter(objectives[2], objectives[0], [new(small, low, MarkKind.Frontier, 1), new(large, high, MarkKind.Frontier, 2)]), width: 100);

        var up = lines.Where(l => l.Contains('┤')).Select(l => l[..l.IndexOf('┤')].Trim()).ToList();
        var along = lines[Array.FindIndex(lines, l => l.Contains('└')) + 1].Split("B ", StringSplitOptions.TrimEntries);
        foreach (var marks in new[] { up, [.. along] })
        {
            marks.Count.ShouldBeGreaterThan(1);
            marks.ShouldBeUnique();
        }
    }

    [Fact]
    public void It_keeps_to_the_width_and_lines_it_is_given()
    {
        foreach (var width in new[] { 30, 60, 200 })
        {
            var lines = Draw(Scatters.ForObjectives(Samples.Outcome()), width, lines: 12);
            lines.Take(11).ShouldAllBe(l => l.Length <= width);
            lines.Count(l => l.Contains('│') || l.Contains('┤')).ShouldBe(8);
        }
    }

    [Fact]
    public void A_terminal_without_unicode_gets_plain_characters() =>
        string.Join('\n', Draw(Scatters.ForObjectives(Samples.Outcome()), unicode: false).Skip(1)).ShouldAllBe(c => c < 0x80 || c == 'µ');

    [Fact]
    public void No_points_draw_an_empty_plot_rather_than_fail() =>
        Draw(new Scatter(Samples.Sweep().Objectives[1], Samples.Sweep().Objectives[0], [])).ShouldNotBeEmpty();

    private static (int Line, int Column) Place(string[] lines, char glyph)
    {
        var line = Array.FindIndex(lines, l => l.Contains(glyph));
        return (line, lines[line].IndexOf(glyph));
    }
}
