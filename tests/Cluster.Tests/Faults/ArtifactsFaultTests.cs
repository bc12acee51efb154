using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Tests;

namespace Grid.Cluster.Tests.Faults;

/// <summary>What becomes of a sweep when the folder of models is full.</summary>
public sealed class ArtifactsFaultTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task A_full_folder_of_models_interrupts_the_sweep_and_says_why_and_it_goes_on_when_there_is_room()
    {
        using var volume = new SmallVolume(2_048);
        await using var cluster = TestCluster.Start(server, stageMilliseconds: 400, artifacts: volume.Path);
        var sweep = AnySweep.Of("full", 3, 16);
        await cluster.Add("control,train,measure", "first", "second");
        await cluster.Submit(sweep);
        var watch = cluster.Console("watch", ExperimentId.Of(sweep));
        // While most models are still to be made.
        await TestCluster.Until(async () => (await cluster.Store.CountStages()).Any(c => c is { Kind: StageKind.FineTune, Status: StageStatus.Done }));

        var filler = Fill(volume.Path);
        await cluster.Ended(sweep);

        (await cluster.Store.FindExperiment(ExperimentId.Of(sweep)))!.Status.ShouldBe(ExperimentStatus.Interrupted);
        await watch.End(TestContext.Current.CancellationToken);
        watch.Output.ShouldContain("No space left on device");
        watch.Output.ShouldContain("Make room");

        await Recovery.Measure(cluster, sweep, "the folder of models full: from room made and grid resume", () =>
        {
            File.Delete(filler);
            cluster.Console("resume", ExperimentId.Of(sweep));
        });
        await cluster.Ended(sweep);

        await cluster.ShouldBeWhole(sweep);
    }

    /// <summary>Takes all that is left.</summary>
    private static string Fill(string folder)
    {
        var path = Path.Combine(folder, "filler");
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
                file.Write(new byte[4_096]);
        }
        catch (IOException)
        {
            return path;
        }
    }
}
