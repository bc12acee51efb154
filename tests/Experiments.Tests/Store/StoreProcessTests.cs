using Grid.Tests;
using static Grid.Experiments.Tests.Store.StoreFixture;

namespace Grid.Experiments.Tests.Store;

public sealed class StoreProcessTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(700)]
    public async Task A_process_killed_while_it_writes_loses_nothing_that_was_acknowledged(int acknowledgements)
    {
        await using var fixture = new SqliteFixture();
        await fixture.Store.AddExperiment(Experiment());
        using var writer = StandInProcess.Start("append-events", fixture.File, "sweep-1");

        var acknowledged = new List<long>();
        while (acknowledged.Count < acknowledgements)
            acknowledged.Add(long.Parse((await writer.StandardOutput.ReadLineAsync()).ShouldNotBeNull()));
        writer.Kill();
        // What it still printed in full before it died was acknowledged too; a torn last line was not.
        var rest = await writer.StandardOutput.ReadToEndAsync();
        acknowledged.AddRange(rest.Split('\n')[..^1].Select(long.Parse));

        var events = await fixture.Store.ReadEvents("sweep-1", 0, int.MaxValue);
        acknowledged.ShouldBeSubsetOf(events.Select(e => e.Sequence));
        events.Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, events.Count).Select(i => (long)i));
        (await fixture.Store.AppendEvent("sweep-1", "k", "{}", Noon)).ShouldBe(events.Count + 1);
    }

    [Fact]
    public async Task Two_processes_write_one_store_at_a_time()
    {
        await using var fixture = new SqliteFixture();
        await fixture.Store.AddExperiment(Experiment());
        using var other = StandInProcess.Start("append-events", fixture.File, "sweep-1");
        (await other.StandardOutput.ReadLineAsync()).ShouldNotBeNull();
        // Read on meanwhile: a full pipe would stop it.
        var rest = other.StandardOutput.ReadToEndAsync();

        var mine = new List<long>();
        for (var i = 0; i < 20; i++)
            mine.Add(await fixture.Store.AppendEvent("sweep-1", "mine", "{}", Noon));
        other.StandardInput.Close();
        await rest;
        await other.WaitForExitAsync();

        var events = await fixture.Store.ReadEvents("sweep-1", 0, int.MaxValue);
        events.Where(e => e.Kind == "mine").Select(e => e.Sequence).ShouldBe(mine);
        events.Count.ShouldBeGreaterThan(20);
        other.ExitCode.ShouldBe(0);
    }
}
