using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;
using Grid.Grains.Contracts;
using Grid.Silo.Hosting;
using Grid.Silo.Runners;
using Grid.Silo.Slots;
using Grid.Tests;

namespace Grid.Cluster.Tests;

/// <summary>What a sweep makes on one machine where nothing goes wrong.</summary>
internal static class Undisturbed
{
    /// <summary>The rows of its stages.</summary>
    public static async Task<IReadOnlyList<StageRow>> Stages(Sweep sweep)
    {
        // One machine serves the usual pools only, and a model is the same whatever made it.
        sweep = sweep with { RunOn = null };
        using var folder = new TemporaryFolder();
        var runner = new RunnerOptions { Executable = StandInProcess.File };
        await using var grid = await EmbeddedGrid.Start(
            HomeFolder.Open(folder.File("home")), new SlotOptions { Slots = 2, Executor = () => new RunnerProcess(runner) });
        var id = ExperimentId.Of(sweep);
        await grid.Store.AddExperiment(
            new ExperimentRow(id, sweep.Name, SweepJson.Write(sweep), ExperimentStatus.Interrupted, false, TimeProvider.System.GetUtcNow(), null));
        var experiment = grid.Grains.Experiment(id);
        await experiment.Start(retryFailed: false);
        await TestCluster.Until(async () => (await experiment.View()).Status != ExperimentStatus.Running);
        (await experiment.View()).Status.ShouldBe(ExperimentStatus.Done);
        return await grid.Store.FindStages([.. SweepPlan.Of(sweep).StageKeys]);
    }
}
