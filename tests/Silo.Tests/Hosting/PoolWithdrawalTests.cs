using Grid.Experiments.Stages;
using Grid.Grains.Contracts;
using Microsoft.Data.Sqlite;

namespace Grid.Silo.Tests.Hosting;

/// <summary>A stage that somebody stops to wait for in the moment in which the store leases it: another holds up the store meanwhile.</summary>
public sealed class PoolWithdrawalTests : IAsyncLifetime
{
    private static readonly StageSpec spec = new(StageKind.Prune, new StageSettings([new("ratio", "0.5")]), Parent: new string('a', 64));

    // Of a pool that has no silo here.
    private static readonly StageRequest request = new(spec, "small-00000000", TimeSpan.FromMinutes(1), new string('b', 64), null, false, "train/cuda");

    private readonly TestGrid grid = new(new ScriptedExecutor());

    private IPoolGrain Pool => grid.Grid.Grains.Pool(request.Pool);

    [Fact]
    public async Task What_is_withdrawn_while_it_is_leased_is_to_be_abandoned()
    {
        var leased = await LeaseWhile(() => Pool.Withdraw(spec.Key));

        (await Pool.Heartbeat("me", [new StageProgress(spec.Key, leased.Attempt, 0, "")])).Abandon.ShouldBe([spec.Key]);
    }

    [Fact]
    public async Task What_is_withdrawn_and_offered_again_while_it_is_leased_is_wanted()
    {
        var leased = await LeaseWhile(async () =>
        {
            await Pool.Withdraw(spec.Key);
            await Pool.Offer(new StageOffer(request, 0, Free: true));
        });

        (await Pool.Heartbeat("me", [new StageProgress(spec.Key, leased.Attempt, 0, "")])).Abandon.ShouldBeEmpty();
        (await Pool.View()).Pending.ShouldBe(0);
    }

    public async ValueTask InitializeAsync() => await grid.Start();

    public ValueTask DisposeAsync() => grid.DisposeAsync();

    private async Task<LeasedStage> LeaseWhile(Func<Task> meanwhile)
    {
        await grid.Store.EnsureStages([spec], request.Pool);
        Task<IReadOnlyList<LeasedStage>> leasing;
        using (var other = new SqliteConnection($"Data Source={Path.Combine(grid.Home, "grid.db")};Pooling=False"))
        {
            other.Open();
            using var holdUp = other.BeginTransaction();
            await Pool.Offer(new StageOffer(request, 0, Free: true));
            leasing = Pool.Lease("me", 1, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            while ((await Pool.View()).Pending > 0)
                await Task.Delay(20, TestContext.Current.CancellationToken);
            await meanwhile();
        }
        return (await leasing).ShouldHaveSingleItem();
    }
}
