using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Grains.Contracts;
using Grid.Silo.Cluster;
using Grid.Silo.Settings;
using Grid.Silo.Slots;
using Grid.Tests;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Grid.Silo.Tests.Cluster;

public sealed class CacheKeeperTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new();

    [Fact]
    public async Task A_cache_loses_at_once_and_later_again_what_was_not_used_for_long_and_what_was_left()
    {
        var files = FileArtifactStore.Open(folder.Path);
        var settings = new SiloSettings { Cluster = new ClusterAccess("Host=nowhere;Database=none"), CacheSize = 1_000 };
        var held = new HeldLeases();
        using var keeper = new CacheKeeper(ClusterArtifactStore.Open(settings.Cluster.Store, folder.Path), held, settings, time, NullLogger<CacheKeeper>.Instance);
        var (old, young, inUse, left) = (await Adopt(files, 900), await Adopt(files, 901), await Adopt(files, 903), files.NewTemporaryPath());
        File.WriteAllText(left, "half");
        held.Add(new HeldLease(new LeasedStage(Reading(inUse), 1)));
        foreach (var path in new[] { files.Find(old)!, files.Find(inUse)!, left })
            Age(path);

        await keeper.StartAsync(TestContext.Current.CancellationToken);
        await Gone(() => files.Find(old) is null && !File.Exists(left));
        files.Find(young).ShouldNotBeNull();
        files.Find(inUse).ShouldNotBeNull();

        var older = await Adopt(files, 902);
        Age(files.Find(older)!);
        time.Advance(TimeSpan.FromMinutes(5));
        await Gone(() => files.Find(older) is null);
        files.Find(young).ShouldNotBeNull();
        files.Find(inUse).ShouldNotBeNull();
        await keeper.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_waits_for_a_store_that_is_away_for_hours_stays()
    {
        var files = FileArtifactStore.Open(folder.Path);
        var settings = new SiloSettings { Cluster = new ClusterAccess("Host=nowhere;Database=none") };
        using var keeper = new CacheKeeper(
            ClusterArtifactStore.Open(settings.Cluster.Store, folder.Path), new HeldLeases(), settings, time, NullLogger<CacheKeeper>.Instance);
        var before = Left(files, hours: 30);
        await keeper.StartAsync(TestContext.Current.CancellationToken);
        await Gone(() => !File.Exists(before));
        var (done, left) = (Left(files, hours: 3), Left(files, hours: 30));

        time.Advance(TimeSpan.FromHours(4));

        await Gone(() => !File.Exists(left));
        File.Exists(done).ShouldBeTrue();
        await keeper.StopAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => folder.Dispose();

    private static StageRequest Reading(string model) =>
        new(new StageSpec(StageKind.Measure, StageSettings.Empty), "small", TimeSpan.FromMinutes(1), model, null, false, "measure/local");

    private static string Left(FileArtifactStore files, int hours)
    {
        var path = files.NewTemporaryPath();
        File.WriteAllText(path, "a model");
        Age(path, TimeSpan.FromHours(hours));
        return path;
    }

    private static async Task<string> Adopt(FileArtifactStore files, int size)
    {
        var path = files.NewTemporaryPath();
        await File.WriteAllBytesAsync(path, new byte[size]);
        return await files.Adopt(path);
    }

    private static void Age(string path, TimeSpan? age = null)
    {
        var then = TimeProvider.System.GetUtcNow().UtcDateTime - (age ?? TimeSpan.FromDays(1));
        File.SetLastWriteTimeUtc(path, then);
        File.SetLastAccessTimeUtc(path, then);
    }

    /// <summary>Files are deleted on another thread, which tells nobody.</summary>
    private static async Task Gone(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (!condition())
            await Task.Delay(10, patience.Token);
    }
}
