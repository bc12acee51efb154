using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Grains.Contracts;

namespace Grid.Silo.Tests.Hosting;

public sealed class ShareOfSweepTests : IAsyncLifetime
{
    private static readonly string id = ExperimentId.Of(Sweeps.Small);

    private readonly TaskCompletionSource release = new();
    private readonly TestGrid grid;

    public ShareOfSweepTests() => grid = new TestGrid(new ScriptedExecutor
    {
        Script = async (order, cancellation) =>
        {
            if (order.Kind == StageKind.Prune)
                await release.Task.WaitAsync(cancellation);
            return null;
        },
    });

    [Fact]
    public async Task A_sweep_keeps_to_its_limit_says_so_and_takes_more_slots_while_it_runs_when_the_limit_is_raised()
    {
        var experiment = await grid.Begin(Sweeps.Small, share: new PoolShare(0, 1));

        var limited = await Until(pool => pool.Running.Any(r => r.Kind == StageKind.Prune) && pool.Waiting.Count == 1);
        (limited.Running.Count, limited.Waiting.Single()).ShouldBe((1, new WaitingView(id, 2, 1, 0, 1)));

        await grid.Store.SetMostSlots(id, 3);
        await Until(pool => pool.Running.Count == 3);
        await grid.Store.SetMostSlots(id, null);
        release.SetResult();
        var view = await TestGrid.Ended(experiment);

        (view.Status, view.TrialsSucceeded).ShouldBe((ExperimentStatus.Done, 10));
    }

    [Fact]
    public async Task A_sweep_of_one_slot_runs_to_its_end()
    {
        release.SetResult();

        var view = await TestGrid.Ended(await grid.Begin(Sweeps.Small, share: new PoolShare(10, 1)));

        (view.Status, view.TrialsSucceeded).ShouldBe((ExperimentStatus.Done, 10));
    }

    public async ValueTask InitializeAsync() => await grid.Start(slots: 4);

    public ValueTask DisposeAsync() => grid.DisposeAsync();

    private async Task<PoolView> Until(Func<PoolView, bool> wanted)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            var pool = (await grid.Grid.Pools()).Single(p => p.Pool == "train/cpu");
            if (wanted(pool))
                return pool;
            await Task.Delay(20, patience.Token);
        }
    }
}
