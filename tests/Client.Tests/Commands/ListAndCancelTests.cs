using Grid.Experiments.Store;

namespace Grid.Client.Tests.Commands;

public sealed class ListAndCancelTests
{
    [Fact]
    public async Task List_shows_the_newest_first_and_escapes_nothing_away()
    {
        await using var home = TemporaryHome.Create();
        using var computing = HomeFolder.Open(home.Path).Lock();
        await home.Store.AddExperiment(Samples.Row("a-1", "a", minute: 1));
        await home.Store.AddExperiment(Samples.Row("[red]b-2", "[red]b", minute: 2, ExperimentStatus.Running));

        var shown = await ConsoleRun.Of("list", "--home", home.Path);
        var json = await ConsoleRun.Of("list", "--home", home.Path, "--json");

        shown.ExitCode.ShouldBe(ExitCodes.Done);
        shown.Output.ShouldContain("[red]b-2");
        shown.Output.IndexOf("b-2", StringComparison.Ordinal).ShouldBeLessThan(shown.Output.IndexOf("a-1", StringComparison.Ordinal));
        shown.Output.ShouldNotContain("\u001b");
        json.Document["experiments"]!.AsArray().Select(e => e!["experiment"]!.GetValue<string>()).ShouldBe(["[red]b-2", "a-1"]);
        json.Document["experiments"]![0]!["status"]!.GetValue<string>().ShouldBe("running");
        json.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_home_in_which_nothing_was_run_has_an_empty_list_and_is_not_made()
    {
        using var folder = new Grid.Tests.TemporaryFolder();
        var home = folder.File("none");

        var shown = await ConsoleRun.Of("list", "--home", home);
        var json = await ConsoleRun.Of("list", "--home", home, "--json");

        shown.ExitCode.ShouldBe(ExitCodes.Done);
        shown.Output.ShouldContain("Start one with: grid run FILE");
        json.ExitCode.ShouldBe(ExitCodes.Done);
        json.Document["experiments"]!.AsArray().ShouldBeEmpty();
        Directory.Exists(home).ShouldBeFalse();
    }

    [Fact]
    public async Task Cancel_leaves_a_request_for_the_process_that_runs_the_sweep()
    {
        await using var home = TemporaryHome.Create();
        using var computing = HomeFolder.Open(home.Path).Lock();
        await home.Store.AddExperiment(Samples.Row("a-1", "a", status: ExperimentStatus.Running));

        var run = await ConsoleRun.Of("cancel", "a", "--home", home.Path, "--json");

        run.ExitCode.ShouldBe(ExitCodes.Done);
        run.Document["requested"]!.GetValue<bool>().ShouldBeTrue();
        (await home.Store.FindExperiment("a-1"))!.CancelRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task Cancel_of_a_finished_sweep_changes_nothing()
    {
        await using var home = TemporaryHome.Create();
        await home.Store.AddExperiment(Samples.Row("a-1", "a"));

        var run = await ConsoleRun.Of("cancel", "latest", "--home", home.Path);

        run.Output.ShouldContain("does not run");
        (await home.Store.FindExperiment("a-1"))!.CancelRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task Pause_leaves_a_request_for_a_sweep_that_runs_and_none_for_another()
    {
        await using var home = TemporaryHome.Create();
        using var computing = HomeFolder.Open(home.Path).Lock();
        await home.Store.AddExperiment(Samples.Row("a-1", "a", status: ExperimentStatus.Running));
        await home.Store.AddExperiment(Samples.Row("b-1", "b"));

        var running = await ConsoleRun.Of("pause", "a", "--home", home.Path, "--json");
        var done = await ConsoleRun.Of("pause", "b", "--home", home.Path);

        running.Document["requested"]!.GetValue<bool>().ShouldBeTrue();
        (await home.Store.FindExperiment("a-1"))!.PauseRequested.ShouldBeTrue();
        done.Output.ShouldContain("b-1 does not run");
        (await home.Store.FindExperiment("b-1"))!.PauseRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task Watching_a_paused_sweep_says_how_to_go_on_with_it()
    {
        await using var home = TemporaryHome.Create();
        await StoredSweep.AddTo(home, ExperimentStatus.Paused);

        var watched = await ConsoleRun.Of("watch", "--home", home.Path);

        watched.ExitCode.ShouldBe(ExitCodes.Incomplete);
        watched.Output.ShouldContain("paused: 6");
        watched.Output.ShouldContain($"grid resume {StoredSweep.Id}");
    }

    [Fact]
    public async Task A_sweep_whose_process_was_killed_is_interrupted_and_not_running()
    {
        await using var home = TemporaryHome.Create();
        await home.Store.AddExperiment(Samples.Row("a-1", "a", status: ExperimentStatus.Running));

        var list = await ConsoleRun.Of("list", "--home", home.Path, "--json");
        var cancel = await ConsoleRun.Of("cancel", "a", "--home", home.Path);

        list.Document["experiments"]![0]!["status"]!.GetValue<string>().ShouldBe("interrupted");
        cancel.Output.ShouldContain("it is interrupted");
    }
}
