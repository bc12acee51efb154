using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
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
        var experiment = grid.Grid.Experiment("hostile-00000000");

        (await Should.ThrowAsync<StoreException>(() => experiment.Start(false))).Message.ShouldContain($"{place} is '");

        script.Orders.ShouldBeEmpty();
        (await grid.Store.ListTrials("hostile-00000000")).ShouldBeEmpty();
    }

    public async ValueTask InitializeAsync() => await grid.Start();

    public ValueTask DisposeAsync() => grid.DisposeAsync();
}
