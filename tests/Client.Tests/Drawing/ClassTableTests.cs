using Grid.Client.Drawing;
using Grid.Client.Reading;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Spectre.Console.Testing;

namespace Grid.Client.Tests.Drawing;

/// <summary>The same models on two classes of machines, of which the second is ten times as slow and has another frontier.</summary>
public sealed class ClassTableTests
{
    private static readonly Outcome fast = Samples.Outcome() with { Device = "xeon-1" };
    private static readonly Outcome slow = fast with
    {
        Device = "pi-5",
        Reference = Slow(fast.Reference!),
        Frontier = [Slow(fast.Frontier[0])],
        Others = [.. fast.Others.Concat(fast.Frontier.Skip(1)).Select(Slow)],
        Knee = Slow(fast.Frontier[0]),
    };

    [Fact]
    public void What_differs_stands_under_each_class_and_what_does_not_stands_once()
    {
        var lines = Draw(160);

        lines[0].ShouldContain("xeon-1 ──");
        lines[0].ShouldContain("pi-5 ──");
        lines[1].Split("accuracy").Length.ShouldBe(2);
        lines[1].Split("latency").Length.ShouldBe(3);
        var best = lines.Single(l => l.Contains("ratio=0.8"));
        best.ShouldContain("★  5.10 µs");
        best.ShouldContain("51.0 µs");
        lines.Single(l => l.Contains("ratio=0.5")).ShouldMatch("●  8.25 µs.*★  82.5 µs");
    }

    [Theory]
    [InlineData(160)]
    [InlineData(100)]
    [InlineData(60)]
    public void It_keeps_to_the_width(int width) => Draw(width).ShouldAllBe(l => l.Length <= width);

    [Fact]
    public void A_narrow_terminal_gets_a_table_for_each_class()
    {
        var lines = Draw(50);

        lines.ShouldContain("on xeon-1");
        lines.ShouldContain("on pi-5");
        lines.Count(l => l.Contains("ratio=0.5")).ShouldBe(2);
    }

    private static string[] Draw(int width)
    {
        using var console = new TestConsole { EmitAnsiSequences = false };
        console.Profile.Width = width;
        console.Write(ClassTable.OfFrontiers([fast, slow]));
        return console.Output.TrimEnd('\n').Split('\n');
    }

    private static Point Slow(Point point) => point with
    {
        Metrics = point.Metrics.ToDictionary(
            m => m.Key, m => m.Key == MetricCatalog.LatencyP50 ? new Metric(m.Value.Value * 10, "s", Provenance.Measured) : m.Value),
    };
}
