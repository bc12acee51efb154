using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;

namespace Grid.Client.Tests.Commands;

public sealed class ShowAndReportTests : IAsyncLifetime
{
    private readonly TemporaryHome home = TemporaryHome.Create();

    public async ValueTask InitializeAsync() => await StoredSweep.AddTo(home);

    public ValueTask DisposeAsync() => home.DisposeAsync();

    [Fact]
    public async Task Show_tells_what_failed_and_why_and_what_is_best()
    {
        var run = await Run("show", "latest");

        run.ExitCode.ShouldBe(ExitCodes.Done);
        run.Output.ShouldContain($"{StoredSweep.Id}  done");
        run.Output.ShouldContain("trials: 7, 6 succeeded, 1 failed, 0 not done");
        run.Output.ShouldContain($"trial 6 failed: {StoredSweep.Failure}");
        run.Output.ShouldContain("Trial 2 is recommended");
    }

    [Fact]
    public async Task Show_as_json_holds_every_trial()
    {
        var document = (await Run("show", "latest", "--json")).Document;

        document["trials"]!.AsArray().Count.ShouldBe(7);
        document["trials"]![6]!["error"]!.GetValue<string>().ShouldBe(StoredSweep.Failure);
        document["experiment"]!["trials"]!["failed"]!.GetValue<int>().ShouldBe(1);
        document["reference"]!["trial"]!.GetValue<int>().ShouldBe(0);
        document["recommended"]!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public async Task Show_of_a_trial_goes_through_its_stages()
    {
        var run = await Run("show", "latest", "1");
        var document = (await Run("show", "latest", "1", "--json")).Document;

        run.Output.ShouldContain("prune ratio=0.5, seed 1");
        run.Output.ShouldContain("3 filters were kept.");
        run.Output.ShouldContain("layer conv1: Conv runs as FusedConv in float32");
        document["stages"]!.AsArray().Select(s => s!["kind"]!.GetValue<string>()).ShouldBe(["source", "train", "prune", "measure"]);
        document["point"]!["trial"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Show_of_a_failed_trial_gives_the_reason()
    {
        var run = await Run("show", "latest", "6");

        run.ExitCode.ShouldBe(ExitCodes.Done);
        run.Output.ShouldContain(StoredSweep.Failure);
        (await Run("show", "latest", "99")).Error.ShouldContain("has no trial 99");
    }

    [Fact]
    public async Task Show_of_a_trial_tells_which_stage_goes_on_from_a_checkpoint()
    {
        var stage = TrialChain.Of(StoredSweep.Sweep, new TrialConfiguration(new StageSettings([new("prune.ratio", "0.95")]), 1)).Stages[2];
        await home.Store.EnsureStages([stage]);
        await home.Store.TryLease(stage.Key, 0, "me", TimeSpan.FromMinutes(1));
        await home.Store.Checkpoint(new StageLease(stage.Key, 1), new string('0', 64));

        (await Run("show", "latest", "6")).Output.ShouldContain("leased, has a checkpoint");
        (await Run("show", "latest", "6", "--json")).Document["stages"]!.AsArray().Select(s => s!["hasCheckpoint"]!.GetValue<bool>())
            .ShouldBe([false, false, true, false]);
    }

    [Fact]
    public async Task The_report_lies_in_the_home_folder_unless_a_file_is_named()
    {
        var usual = (await Run("report", "latest")).Output.TrimEnd();
        var named = Path.Combine(home.Path, "named.html");
        (await Run("report", "latest", "--output", named, "--json")).Document["report"]!.GetValue<string>().ShouldBe(named);

        usual.ShouldStartWith(home.Path);
        usual.ShouldContain(StoredSweep.Id);
        foreach (var page in new[] { usual, named })
            (await File.ReadAllTextAsync(page)).ShouldContain("Trial 2 is recommended");
    }

    [Fact]
    public async Task Each_class_of_machines_has_a_report_of_its_own_unless_one_is_asked_for()
    {
        await StoredSweep.AddTwoClassesTo(home);
        var named = Path.Combine(home.Path, "named.html");

        var both = await Run("report", "classes", "--output", named);
        var one = await Run("report", "classes", "--device", "local", "--output", Path.Combine(home.Path, "one.html"));

        var other = Path.Combine(home.Path, "named-local.html");
        both.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe([$"{named}  (arm)", $"{other}  (local)"]);
        (await File.ReadAllTextAsync(named)).ShouldContain("arm, one of 2 device classes (arm, local)");
        (await File.ReadAllTextAsync(other)).ShouldContain("local, one of 2 device classes (arm, local)");
        one.Output.Trim().ShouldBe(Path.Combine(home.Path, "one.html"));
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_is_named_beside_those_that_were()
    {
        await StoredSweep.AddTwoClassesTo(home);
        var named = Path.Combine(home.Path, "named.html");
        Directory.CreateDirectory(Path.Combine(home.Path, "named-local.html"));

        var run = await Run("report", "classes", "--output", named);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("named-local.html is a folder");
        run.Error.ShouldContain($"What was written before: {named}.");
        File.Exists(named).ShouldBeTrue();
    }

    private Task<ConsoleRun> Run(params string[] arguments) => ConsoleRun.Of([.. arguments, "--home", home.Path]);
}
