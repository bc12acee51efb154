using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Grains.Contracts;
using Grid.Silo.Tests.Hosting;

namespace Grid.Silo.Tests.Security;

/// <summary>Rows that somebody with access to the store wrote: nothing of them is carried out.</summary>
public sealed class HostileSweepTests : IAsyncLifetime
{
    private readonly ScriptedExecutor script = new();
    private readonly TestGrid grid;

    public HostileSweepTests() => grid = new TestGrid(script);

    [Theory]
    [InlineData("\"lenet-300-100\"", "\"../../bin/sh\"", "model.zoo")]
    [InlineData("\"zoo\":\"lenet-300-100\"", "\"sha256\":\"../../../../etc/passwd\"", "model.sha256")]
    [InlineData("\"generated-digits\"", "\"../../etc\"", "data.name")]
    [InlineData("\"name\":\"small\"", "\"name\":\"../../outside\"", "name")]
    [InlineData("\"0.3\"", "\"$(reboot)\"", "space.prune.ratio")]
    public async Task A_sweep_that_no_file_could_have_given_is_not_run(string text, string other, string place)
    {
        var json = SweepJson.Write(Sweeps.Small);
        json.ShouldContain(text);
        await grid.Store.AddExperiment(
            new ExperimentRow("hostile-00000000", "hostile", json.Replace(text, other), ExperimentStatus.Running, false, DateTimeOffset.UnixEpoch, null));
        var experiment = grid.Grid.Grains.Experiment("hostile-00000000");

        (await Should.ThrowAsync<StoreException>(() => experiment.Start(false))).Message.ShouldContain($"{place} is '");

        script.Orders.ShouldBeEmpty();
        (await grid.Store.ListTrials("hostile-00000000")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cluster_that_finds_such_a_sweep_running_gives_it_up_and_says_why()
    {
        await grid.Store.AddExperiment(
            new ExperimentRow("hostile-00000000", "hostile", "{}", ExperimentStatus.Running, false, DateTimeOffset.UnixEpoch, null));

        await grid.Grid.Grains.Experiment("hostile-00000000").Keep(askAgain: false);

        (await grid.Store.FindExperiment("hostile-00000000"))!.Status.ShouldBe(ExperimentStatus.Interrupted);
        (await grid.Store.ReadEvents("hostile-00000000", 0, 10)).ShouldHaveSingleItem().Body.ShouldContain("cannot be run as it stands in the store");
    }

    public async ValueTask InitializeAsync() => await grid.Start();

    public ValueTask DisposeAsync() => grid.DisposeAsync();
}
