using Grid.Client.Live;
using Grid.Experiments.Store;
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

    [Theory]
    [InlineData(8)]
    [InlineData(24)]
    [InlineData(60)]
    public void It_fits_the_height_of_the_terminal(int height) =>
        Draw(Frame, height).TrimEnd('\n').Split('\n').Length.ShouldBeLessThanOrEqualTo(height);

    [Fact]
    public void Before_the_first_result_it_shows_only_what_is_known()
    {
        var screen = Draw(new LiveFrame { Id = "x-1", Status = ExperimentStatus.Running, Elapsed = TimeSpan.Zero });

        screen.ShouldContain("0 %");
        screen.ShouldNotContain("NaN");
        screen.ShouldNotContain("accuracy");
    }
}
