using Grid.Client.Live;
using Grid.Experiments.Store;
using Spectre.Console;
using Spectre.Console.Testing;

namespace Grid.Client.Tests.Live;

public sealed class LiveViewTests
{
    private static readonly LiveFrame Frame = new()
    {
        Id = "fashion-12345678",
        Status = ExperimentStatus.Running,
        Elapsed = TimeSpan.FromSeconds(75),
        TimeLeft = TimeSpan.FromSeconds(40),
        TrialsTotal = 24,
        TrialsSucceeded = 10,
        TrialsFailed = 1,
        Stages = new StageTally(60, 20, 9, 1),
        Slots = [new SlotLine("train", "epochs=5", 0.4, "epoch 2/5", TimeSpan.FromSeconds(3))],
        Troubles = ["trial 3 failed: [red]markup[/] in a message"],
        Outcome = Samples.Outcome(),
    };

    private static string Draw(LiveFrame frame, int height = 40, int width = 100)
    {
        using var console = new TestConsole { EmitAnsiSequences = false };
        console.Profile.Width = width;
        console.Write(LiveView.Draw(frame, height));
        return console.Output;
    }

    [Fact]
    public void What_keeps_it_from_getting_on_is_shown_before_its_own_limit()
    {
        var limited = Frame with { Limit = "train/cpu waits: 4 slots of its own limit are used" };

        Draw(limited).ShouldContain("train/cpu waits: 4 slots of its own limit are used");
        Draw(limited with { Notice = "No silo answers" }).ShouldContain("No silo answers");
        Draw(limited with { Notice = "No silo answers" }).ShouldNotContain("its own limit");
    }

    [Fact]
    public void It_shows_progress_stages_slots_failures_plot_and_best_points()
    {
        var screen = Draw(Frame);

        screen.ShouldContain("fashion-12345678  running for 1 min 15 s, about 40 s left");
        screen.ShouldContain("50 %");
        screen.ShouldContain("trials 11 of 24 (1 failed)");
        screen.ShouldContain("stages 20 computed, 9 reused, 1 failed, of 60");
        screen.ShouldContain("epoch 2/5");
        screen.ShouldContain("[red]markup[/] in a message");
        screen.ShouldContain("★ recommended");
        screen.ShouldContain("prune method=channel ratio=0.8");
    }

    [Fact]
    public void It_says_which_class_of_machines_it_shows_where_there_are_several()
    {
        var outcome = Samples.Outcome();
        var several = outcome with { Sweep = outcome.Sweep with { RunOn = new("cpu", ["local", "pi-5", "xeon-1"]) } };

        Draw(Frame with { Outcome = several }).ShouldContain("On local; also measured on pi-5, xeon-1");
        Draw(Frame).ShouldNotContain("also measured on");
    }

    [Theory]
    [InlineData(8, 100)]
    [InlineData(24, 100)]
    [InlineData(24, 80)]
    [InlineData(20, 60)]
    [InlineData(12, 30)]
    [InlineData(60, 100)]
    public void It_fits_the_terminal_and_keeps_name_and_progress(int height, int width)
    {
        var settings = "bias-correction=false bits=8 calibration=min-max granularity=tensor samples=512 scheme=static step=auto";
        var slot = new SlotLine("quantize", settings, 0.5, "weights quantized", TimeSpan.FromSeconds(3));

        var lines = Draw(Frame with { Slots = [slot, slot], Troubles = [settings, "模型 " + settings] }, height, width).TrimEnd('\n').Split('\n');

        lines.Length.ShouldBeLessThanOrEqualTo(height);
        // With room for the "^C" of a terminal.
        lines.ShouldAllBe(l => l.GetCellWidth() <= width - 2);
        lines[0].ShouldStartWith("fashion-12345678");
        lines[1].ShouldEndWith("50 %");
        lines[2].ShouldStartWith("trials 11 of 24");
    }

    [Fact]
    public void More_slots_than_the_terminal_has_lines_are_counted_instead()
    {
        var slots = Enumerable.Range(1, 64).Select(i => new SlotLine("train", "", 0.5, $"epoch {i}/64", TimeSpan.FromSeconds(3))).ToList();

        var lines = Draw(Frame with { Slots = slots }, 24).TrimEnd('\n').Split('\n');

        lines.Length.ShouldBeLessThanOrEqualTo(24);
        lines[0].ShouldStartWith("fashion-12345678");
        lines.Count(l => l.Contains("/64")).ShouldBe(18);
        lines.ShouldContain("  and 46 more slots");
        lines[^1].ShouldBe("trial 3 failed: [red]markup[/] in a message");
    }

    [Fact]
    public void Before_the_first_result_it_shows_only_what_is_known()
    {
        var screen = Draw(new LiveFrame { Id = "x-1", Status = ExperimentStatus.Running, Elapsed = TimeSpan.Zero });

        screen.ShouldContain("0 %");
        screen.ShouldNotContain("NaN");
        screen.ShouldNotContain("accuracy");
    }
}
