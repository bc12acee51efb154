using Grid.Client.Tests.Running;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps.Files;
using Grid.Experiments.Sweeps.Planning;

namespace Grid.Client.Tests.Commands;

/// <summary>Priorities and limits of slots, from the command line into the store and back.</summary>
public sealed class ShareTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly SweepFolder sweep = new();

    public void Dispose() => sweep.Dispose();

    [Fact]
    public async Task What_is_set_stands_and_what_is_not_named_stays()
    {
        await using var home = TemporaryHome.Create();
        await home.Store.AddExperiment(Samples.Row("a-1", "a"));

        var first = await ConsoleRun.Of("set", "a", "--priority", "-5", "--most-slots", "4", "--home", home.Path, "--json");
        (await home.Store.FindExperiment("a-1"))!.Share.ShouldBe(new PoolShare(-5, 4));
        await ConsoleRun.Of("set", "a", "--priority", "2", "--home", home.Path);
        (await home.Store.FindExperiment("a-1"))!.Share.ShouldBe(new PoolShare(2, 4));
        var last = await ConsoleRun.Of("set", "a", "--most-slots", "none", "--home", home.Path);

        (await home.Store.FindExperiment("a-1"))!.Share.ShouldBe(new PoolShare(2, null));
        first.Document.ToJsonString().ShouldBe("""{"experiment":"a-1","status":"done","priority":-5,"mostSlots":4}""");
        last.Output.ShouldContain("a-1: priority 2, no limit of slots.");
    }

    [Theory]
    [InlineData("--priority is '11'; it must be a whole number from -10 to 10.", "--priority", "11")]
    [InlineData("--priority is 'high'; it must be a whole number from -10 to 10.", "--priority", "high")]
    [InlineData("--most-slots is '0'; it must be a whole number from 1, or none.", "--most-slots", "0")]
    [InlineData("--most-slots is 'few'; it must be a whole number from 1, or none.", "--most-slots", "few")]
    [InlineData("Say what to set: --priority N, --most-slots N or --most-slots none.")]
    public async Task What_cannot_be_set_is_refused_with_what_can(string message, params string[] options)
    {
        await using var home = TemporaryHome.Create();
        await home.Store.AddExperiment(Samples.Row("a-1", "a"));

        var set = await ConsoleRun.Of(["set", "a", .. options, "--home", home.Path, "--json"]);

        set.ExitCode.ShouldBe(ExitCodes.BadInput);
        set.Messages[0].ShouldBe(message);
        (await home.Store.FindExperiment("a-1"))!.Share.ShouldBe(PoolShare.Usual);
    }

    [Fact]
    public async Task A_sweep_is_run_with_its_share_and_a_repeat_changes_only_what_it_names()
    {
        var first = await Run("--priority", "3", "--most-slots", "1");
        first.ExitCode.ShouldBe(ExitCodes.Done);
        (await Share()).ShouldBe(new PoolShare(3, 1));

        await Run();
        (await Share()).ShouldBe(new PoolShare(3, 1));
        await Run("--most-slots", "none");
        (await Share()).ShouldBe(new PoolShare(3, null));

        (await ConsoleRun.Of("show", "latest", "--home", sweep.Home)).Output.ShouldContain("priority 3, no limit of slots");
    }

    [Fact]
    public async Task A_sweep_that_waits_for_its_own_limit_says_so_and_is_told_in_another_process_to_go_on()
    {
        using var grid = GridProcess.Start("prune=hang", "run", sweep.File, "--home", sweep.Home, "--slots", "2", "--most-slots", "1");
        await grid.Saw("train/cpu waits: 1 slot of its own limit is used. Change it with: grid set small-").WaitAsync(Patience, TestContext.Current.CancellationToken);
        (await Prunings(leased: 1).WaitAsync(Patience, TestContext.Current.CancellationToken)).ShouldBe(2);

        await ConsoleRun.Of("set", "latest", "--most-slots", "none", "--home", sweep.Home);

        await Prunings(leased: 2).WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("run", "sweep.yaml")]
    [InlineData("resume", "latest")]
    [InlineData("extend", "latest", "sweep.yaml")]
    public async Task Only_a_cluster_can_be_left_alone_with_a_sweep(params string[] command)
    {
        var run = await ConsoleRun.Of([.. command, "--detach", "--home", sweep.Home, "--json"]);

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Messages.Single().ShouldStartWith("--detach needs a cluster");
    }

    /// <summary>Waits until the sweep holds leases on so many prunings. Answers how many there are.</summary>
    private async Task<int> Prunings(int leased)
    {
        var keys = SweepPlan.Of(SweepFile.Read(sweep.File).Sweep!).StageKeys;
        await using var store = sweep.Read();
        while (true)
        {
            var prunings = (await store.FindStages([.. keys])).Where(s => s.Spec.Kind == StageKind.Prune).ToList();
            if (prunings.Count(s => s.Status == StageStatus.Leased) == leased)
                return prunings.Count;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private Task<ConsoleRun> Run(params string[] options) => ConsoleRun.WithStandIn(["run", sweep.File, .. options, "--home", sweep.Home, "--json"]);

    private async Task<PoolShare> Share()
    {
        await using var store = sweep.Read();
        return (await store.ListExperiments()).ShouldHaveSingleItem().Share;
    }
}
