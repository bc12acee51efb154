using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps.Planning;
using Grid.Silo.Runners;
using Grid.Tests;

namespace Grid.Silo.Tests.Hosting;

/// <summary>What a training saved outlives its runner and its silo, and no longer than it is of use.</summary>
public sealed class CheckpointTests : IAsyncLifetime
{
    private readonly TestGrid grid;
    private string behaviour = "checkpoint";

    public CheckpointTests() => grid = new TestGrid(() => new RunnerProcess(new RunnerOptions
    {
        Executable = StandInProcess.File,
        Environment = new Dictionary<string, string> { ["STAND_IN_BEHAVE"] = $"finetune={behaviour}" },
    }));

    [Fact]
    public async Task A_stage_whose_runner_died_goes_on_from_the_last_that_was_saved()
    {
        await grid.Start();

        var view = await grid.Run(Sweeps.Small);

        view.Problem.ShouldBeNull();
        (view.Status, view.TrialsSucceeded).ShouldBe((ExperimentStatus.Done, 10));
        var stages = await FineTunes();
        stages.ShouldNotBeEmpty();
        stages.ShouldAllBe(s => s.Attempt == 2 && s.Crashes == 1 && s.Checkpoint == null);
        stages.ShouldAllBe(s => s.Result!.Notes.Single() == $"went on from: {s.Key} after 2");
        await NothingIsLeftOver();
    }

    [Fact]
    public async Task A_stage_whose_silo_stopped_goes_on_and_begins_anew_where_the_checkpoint_is_gone()
    {
        behaviour = "checkpoint-and-hang";
        // Both slots are to hang at once, also where a measurement waits for the first.
        await grid.Start(slots: 2, computingPhase: TimeSpan.FromHours(1));
        await grid.Begin(Sweeps.Small);
        while ((await FineTunes()).Count(s => s.Checkpoint is not null) < 2)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        await grid.Stop();

        behaviour = "checkpoint";
        await grid.Start();
        var saved = (await FineTunes()).Where(s => s.Checkpoint is not null).ToList();
        saved.Select(s => (s.Status, s.Attempt)).ShouldBe([(StageStatus.Pending, 1), (StageStatus.Pending, 1)]);
        File.Delete(grid.Grid.Artifacts.Find(saved[1].Checkpoint!)!);
        var view = await grid.Run(Sweeps.Small);

        (view.Problem, view.TrialsSucceeded).ShouldBe((null, 10));
        var ended = (await FineTunes()).ToDictionary(s => s.Key);
        (ended[saved[0].Key].Attempt, ended[saved[0].Key].Crashes).ShouldBe((2, 0));
        ended[saved[0].Key].Result!.Notes.Single().ShouldStartWith($"went on from: {saved[0].Key} after ");
        (ended[saved[1].Key].Attempt, ended[saved[1].Key].Crashes).ShouldBe((3, 1));
        await NothingIsLeftOver();
    }

    private async Task<IReadOnlyList<StageRow>> FineTunes() =>
        [.. (await grid.Store.FindStages([.. SweepPlan.Of(Sweeps.Small).StageKeys])).Where(s => s.Spec.Kind == StageKind.FineTune)];

    private async Task NothingIsLeftOver()
    {
        var home = HomeFolder.At(grid.Home);
        Directory.GetFiles(home.TemporaryFolder).ShouldBeEmpty();
        Directory.GetFiles(home.ArtifactsFolder, "*", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension)
            .ShouldBe(await grid.Store.ListArtifacts(), ignoreOrder: true);
    }

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => grid.DisposeAsync();
}
