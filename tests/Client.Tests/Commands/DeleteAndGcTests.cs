using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;

namespace Grid.Client.Tests.Commands;

public sealed class DeleteAndGcTests : IAsyncLifetime
{
    private static readonly string id = StoredSweep.Id;
    private static readonly Sweep other = StoredSweep.Sweep with { Name = "other" };

    private readonly TemporaryHome home = TemporaryHome.Create();

    [Fact]
    public async Task A_dry_run_says_what_would_go_and_changes_nothing()
    {
        var run = await Run("delete", "latest", "--dry-run", "--json");

        run.Document["deleted"]!.GetValue<bool>().ShouldBeFalse();
        run.Document["trials"]!.GetValue<int>().ShouldBe(7);
        run.Document["artifacts"]!.GetValue<int>().ShouldBe((await home.Artifacts.List()).Count);
        run.Document["bytes"]!.GetValue<long>().ShouldBe((await home.Artifacts.List()).Sum(a => a.Bytes));
        run.Document["stages"]!.GetValue<int>().ShouldBe((await home.Store.ListStageLinks()).Count);
        (await home.Store.ListTrials(id)).Count.ShouldBe(7);
    }

    [Fact]
    public async Task Nothing_is_left_of_a_sweep_that_shares_nothing()
    {
        var run = await Run("delete", "latest", "--yes");

        run.ExitCode.ShouldBe(ExitCodes.Done);
        run.Output.ShouldContain($"Deleted {id}: 7 trials");
        (await home.Store.ListExperiments()).ShouldBeEmpty();
        (await home.Store.ListStageLinks()).ShouldBeEmpty();
        (await home.Artifacts.List()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_report_and_copies_of_models_stay_and_it_is_said_where()
    {
        var report = HomeFolder.At(home.Path).ReportFile(id);
        Directory.CreateDirectory(Path.GetDirectoryName(report)!);
        File.WriteAllText(report, "a report");

        var run = await Run("delete", "latest", "--yes");

        run.Output.ReplaceLineEndings("").ShouldContain(Path.GetFileName(Path.GetDirectoryName(report)!));
        run.Output.ShouldContain("Its report and the models");
        File.Exists(report).ShouldBeTrue();
    }

    [Fact]
    public async Task What_another_sweep_needs_stays_also_where_its_trial_has_not_got_there()
    {
        var trials = await home.Store.ListTrials(id);
        await AddOther(trials[2], TrialStatus.Succeeded);
        // Of a trial that waits, whose leaf nobody has asked for yet: its first stages are there.
        await AddOther(trials[6], TrialStatus.Pending);
        var before = await home.Store.ListResults("other-1");

        await Run("delete", id, "--yes");

        (await home.Store.ListExperiments()).ShouldHaveSingleItem().Id.ShouldBe("other-1");
        var after = await home.Store.ListResults("other-1");
        after.Select(r => r.Artifact).ShouldBe(before.Select(r => r.Artifact));
        home.Artifacts.Find(after.ShouldHaveSingleItem().Artifact).ShouldNotBeNull();
        // Source, training and the model of the one trial with its measurement; of the other what they share, and its pruning.
        (await home.Store.ListStageLinks()).Count.ShouldBe(6);
        (await Run("gc", "--json")).Document["artifacts"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_is_asked_where_there_is_no_terminal()
    {
        var run = await Run("delete", "latest");

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldContain("--yes");
        (await home.Store.ListTrials(id)).Count.ShouldBe(7);
    }

    [Fact]
    public async Task A_sweep_that_runs_is_not_deleted()
    {
        using var computing = HomeFolder.Open(home.Path).Lock();
        await home.Store.SetStatus(id, ExperimentStatus.Running, null);

        var run = await Run("delete", "latest", "--yes");

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldContain($"grid cancel {id}");
        await Should.ThrowAsync<StoreException>(() => home.Store.DeleteExperiment(id, []));
        (await home.Store.ListTrials(id)).Count.ShouldBe(7);
    }

    [Fact]
    public async Task What_a_killed_process_left_as_running_can_be_deleted()
    {
        await home.Store.SetStatus(id, ExperimentStatus.Running, null);

        (await Run("delete", "latest", "--yes")).ExitCode.ShouldBe(ExitCodes.Done);

        (await home.Store.ListExperiments()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Beside_a_sweep_that_runs_only_old_garbage_is_collected()
    {
        var young = await Adopt("young");
        var old = await Adopt("old");
        Age(home.Artifacts.Find(old)!);
        var again = await Adopt("again");
        Age(home.Artifacts.Find(again)!);
        await Adopt("again");
        var needed = (await home.Store.ListResults(id))[0].Artifact;
        Age(home.Artifacts.Find(needed)!);
        var left = home.Artifacts.NewTemporaryPath();
        await File.WriteAllTextAsync(left, "left");
        Age(left);
        var written = home.Artifacts.NewTemporaryPath();
        await File.WriteAllTextAsync(written, "being written");
        using var computing = new Computing(home.Path);

        var dry = await Run("gc", "--dry-run", "--json");
        var run = await Run("gc", "--json");

        dry.Document.ToJsonString().ShouldBe(run.Document.ToJsonString().Replace("true", "false"));
        run.Document.ToJsonString().ShouldBe("""{"deleted":true,"artifacts":1,"bytes":3,"leftovers":1,"leftoverBytes":4}""");
        home.Artifacts.Find(old).ShouldBeNull();
        new[] { young, again, needed }.ShouldAllBe(sha256 => home.Artifacts.Find(sha256) != null);
        (File.Exists(left), File.Exists(written)).ShouldBe((false, true));
    }

    [Fact]
    public async Task Where_nothing_runs_all_garbage_goes_whatever_its_age()
    {
        var young = await Adopt("young");
        await File.WriteAllTextAsync(home.Artifacts.NewTemporaryPath(), "left");
        var needed = (await home.Store.ListResults(id))[0].Artifact;

        var run = await Run("gc", "--json");

        run.Document.ToJsonString().ShouldBe("""{"deleted":true,"artifacts":1,"bytes":5,"leftovers":1,"leftoverBytes":4}""");
        home.Artifacts.Find(young).ShouldBeNull();
        home.Artifacts.Find(needed).ShouldNotBeNull();
    }

    public async ValueTask InitializeAsync() => await StoredSweep.AddTo(home);

    public ValueTask DisposeAsync() => home.DisposeAsync();

    private Task<ConsoleRun> Run(params string[] arguments) => ConsoleRun.Of([.. arguments, "--home", home.Path]);

    private async Task AddOther(TrialRow like, TrialStatus status)
    {
        await home.Store.AddExperiment(new("other-1", "other", SweepJson.Write(other), ExperimentStatus.Done, false, DateTimeOffset.UnixEpoch, null));
        await home.Store.AddTrials([like with { Experiment = "other-1", Status = TrialStatus.Pending }]);
        if (status == TrialStatus.Succeeded)
            await home.Store.FinishTrial("other-1", like.Number, status, null, "trial-succeeded", "{}", DateTimeOffset.UnixEpoch);
    }

    private async Task<string> Adopt(string content)
    {
        var file = home.Artifacts.NewTemporaryPath();
        await File.WriteAllTextAsync(file, content);
        return await home.Artifacts.Adopt(file);
    }

    private static void Age(string path)
    {
        var then = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-2);
        File.SetLastWriteTimeUtc(path, then);
        File.SetLastAccessTimeUtc(path, then);
    }

    /// <summary>A process that computes in the home folder, without what taking the lock cleans up.</summary>
    private sealed class Computing(string path) : IDisposable
    {
        private readonly FileStream held = new(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        public void Dispose() => held.Dispose();
    }
}
