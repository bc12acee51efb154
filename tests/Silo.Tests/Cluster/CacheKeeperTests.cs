using Grid.Experiments.Store;
using Grid.Silo.Cluster;
using Grid.Silo.Settings;
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
        using var keeper = new CacheKeeper(ClusterArtifactStore.Open(settings.Cluster.Store, folder.Path), settings, time, NullLogger<CacheKeeper>.Instance);
        var (old, young, left) = (await Adopt(files, 900), await Adopt(files, 901), files.NewTemporaryPath());
        File.WriteAllText(left, "half");
        Age(files.Find(old)!);
        Age(left);

        await keeper.StartAsync(TestContext.Current.CancellationToken);
        await Gone(() => files.Find(old) is null && !File.Exists(left));
        files.Find(young).ShouldNotBeNull();

        var older = await Adopt(files, 902);
        Age(files.Find(older)!);
        time.Advance(TimeSpan.FromMinutes(5));
        await Gone(() => files.Find(older) is null);
        files.Find(young).ShouldNotBeNull();
        await keeper.StopAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => folder.Dispose();

    private static async Task<string> Adopt(FileArtifactStore files, int size)
    {
        var path = files.NewTemporaryPath();
        await File.WriteAllBytesAsync(path, new byte[size]);
        return await files.Adopt(path);
    }

    private static void Age(string path)
    {
        var yesterday = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-1);
        File.SetLastWriteTimeUtc(path, yesterday);
        File.SetLastAccessTimeUtc(path, yesterday);
    }

    /// <summary>Files are deleted on another thread, which tells nobody.</summary>
    private static async Task Gone(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(10, TestContext.Current.CancellationToken);
    }
}
