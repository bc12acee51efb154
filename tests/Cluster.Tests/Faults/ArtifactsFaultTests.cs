using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;
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

        var failure = (await cluster.Console("show", ExperimentId.Of(sweep), $"{await TrialInTheWay(cluster, sweep)}", "--json")
            .Document(TestContext.Current.CancellationToken))["failure"]!;
        ((string)failure["cause"]!, (bool)failure["final"]!).ShouldBe(("full-disk", false));
        ((string)failure["next"]!).ShouldBe($"grid resume {ExperimentId.Of(sweep)} --cluster env");

        await Recovery.Measure(cluster, sweep, "the folder of models full: from room made and grid resume", () =>
        {
            File.Delete(filler);
            cluster.Console("resume", ExperimentId.Of(sweep));
        });
        await cluster.Ended(sweep);

        await cluster.ShouldBeWhole(sweep);
    }

    /// <summary>A trial that has a stage which found no room.</summary>
    private static async Task<int> TrialInTheWay(TestCluster cluster, Sweep sweep)
    {
        var trials = await cluster.Store.ListTrials(ExperimentId.Of(sweep));
        foreach (var trial in trials)
        {
            var keys = TrialChain.Of(sweep, TrialConfiguration.Parse(trial.Config)).Stages.Select(s => s.Key);
            if ((await cluster.Store.FindStages([.. keys])).Any(s => s.Error is not null))
                return trial.Number;
        }
        throw new InvalidOperationException("No stage met the full disk.");
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
