using System.Security.Cryptography;
using Grid.Experiments.Store;
using Grid.Tests;

namespace Grid.Experiments.Tests.Store;

public sealed class ClusterArtifactStoreTests(PostgresServer server) : IClassFixture<PostgresServer>, IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly PostgresFixture fixture = new(server);
    private ClusterArtifactStore here = null!;
    private ClusterArtifactStore there = null!;

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(1 << 20)]
    [InlineData(3_333_333)]
    public async Task What_one_silo_makes_another_fetches(int size)
    {
        var content = Content(size);
        var sha256 = await Adopt(here, content);

        (await there.Has(sha256)).ShouldBeTrue();
        there.Find(sha256).ShouldBeNull();
        var path = (await there.Fetch(sha256)).ShouldNotBeNull();

        sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(content)));
        File.ReadAllBytes(path).ShouldBe(content);
        there.Find(sha256).ShouldBe(path);
        Directory.GetFiles(folder.File("there", "tmp")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_adopted_of_late_is_not_removed_as_old()
    {
        fixture.SetTime(StoreFixture.Noon);
        var old = await Adopt(here, Content(1000));
        var again = await Adopt(here, Content(2000));
        fixture.SetTime(StoreFixture.Noon.AddHours(2));
        await Adopt(there, Content(2000));
        var hour = TimeSpan.FromHours(1);

        (await here.List()).OrderBy(a => a.Bytes).ShouldBe([new(old, 1000, 2 * hour), new(again, 2000, TimeSpan.Zero)]);
        await there.Remove(old, hour);
        await there.Remove(again, hour);

        (await there.List()).ShouldHaveSingleItem().Sha256.ShouldBe(again);
    }

    [Fact]
    public async Task What_nobody_made_is_not_there()
    {
        var sha256 = new string('0', 64);

        (await here.Has(sha256)).ShouldBeFalse();
        (await here.Fetch(sha256)).ShouldBeNull();
        (await here.Quarantine(sha256)).ShouldBeTrue();
        Directory.GetFiles(folder.File("here", "tmp")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_damaged_copy_in_the_cache_is_fetched_again()
    {
        var sha256 = await Adopt(here, Content(5000));
        await File.WriteAllTextAsync(here.Find(sha256)!, "damaged");

        (await here.Quarantine(sha256)).ShouldBeFalse();
        var path = await here.Fetch(sha256);

        (await File.ReadAllBytesAsync(path!)).ShouldBe(Content(5000));
    }

    [Fact]
    public async Task A_cache_that_takes_too_much_room_loses_what_was_longest_unused_and_fetches_it_again()
    {
        var hour = TimeSpan.FromHours(1);
        var (oldest, used, old, young) = (await Adopt(here, Content(1000)), await Adopt(here, Content(1001)), await Adopt(here, Content(1002)), await Adopt(here, Content(1003)));
        foreach (var (sha256, hours) in new[] { (oldest, 4), (used, 5), (old, 3) })
            Age(here.Find(sha256)!, hours * hour);
        await here.Fetch(used);

        (await here.Trim(4006, hour)).ShouldBe(new Leftovers(0, 0));
        (await here.Trim(3500, hour)).ShouldBe(new Leftovers(1, 1000));
        here.Find(oldest).ShouldBeNull();
        (await here.Trim(1, hour)).ShouldBe(new Leftovers(1, 1002));
        here.Find(used).ShouldNotBeNull();
        here.Find(young).ShouldNotBeNull();

        (await File.ReadAllBytesAsync((await here.Fetch(oldest))!)).ShouldBe(Content(1000));
    }

    [Theory]
    [InlineData("update artifact_chunk set bytes = overlay(bytes placing 'x' from 2)")]
    [InlineData("delete from artifact_chunk where number = 1")]
    public async Task One_that_is_damaged_in_the_store_is_taken_out_and_can_be_made_again(string damage)
    {
        var sha256 = await Adopt(here, Content(1_500_000));
        fixture.Execute(damage);

        (await there.Has(sha256)).ShouldBeTrue();
        (await there.Fetch(sha256)).ShouldBeNull();
        (await there.Has(sha256)).ShouldBeFalse();
        (await there.Quarantine(sha256)).ShouldBeTrue();

        await Adopt(there, Content(1_500_000));
        File.Delete(here.Find(sha256)!);
        (await File.ReadAllBytesAsync((await here.Fetch(sha256))!)).ShouldBe(Content(1_500_000));
    }

    [Fact]
    public async Task Making_one_again_mends_what_is_damaged_in_the_store()
    {
        var sha256 = await Adopt(here, Content(5000));
        fixture.Execute("update artifact_chunk set bytes = 'x'");

        await Adopt(here, Content(5000));

        (await File.ReadAllBytesAsync((await there.Fetch(sha256))!)).ShouldBe(Content(5000));
    }

    [Fact]
    public async Task Many_silos_make_the_same_at_once()
    {
        var hashes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Adopt(i % 2 == 0 ? here : there, Content(2_000_000))));

        (await here.Quarantine(hashes.Distinct().ShouldHaveSingleItem())).ShouldBeFalse();
        server.Execute(Database, "select count(*) from artifact_chunk").ShouldBe("2");
    }

    [Fact]
    public async Task A_restart_of_the_server_is_waited_for()
    {
        var sha256 = await Adopt(here, Content(5000));
        server.Stop();
        var fetching = there.Fetch(sha256);
        var adopting = Adopt(here, Content(6000));

        server.Start();

        (await File.ReadAllBytesAsync((await fetching)!)).ShouldBe(Content(5000));
        (await there.Has(await adopting)).ShouldBeTrue();
    }

    [Fact]
    public async Task What_could_not_be_stored_while_the_server_was_away_can_be_stored_when_it_is_back()
    {
        var impatient = ClusterArtifactStore.Open(fixture.Connection, folder.File("impatient"), new PostgresSettings { Patience = TimeSpan.Zero });
        var path = impatient.NewTemporaryPath();
        await File.WriteAllBytesAsync(path, Content(5000));
        server.Stop();
        await Should.ThrowAsync<StoreUnavailableException>(() => impatient.Adopt(path));

        server.Start();
        var sha256 = await impatient.Adopt(path);

        (await File.ReadAllBytesAsync((await there.Fetch(sha256))!)).ShouldBe(Content(5000));
        impatient.Find(sha256).ShouldNotBeNull();
        File.Exists(path).ShouldBeFalse();
    }

    [Fact]
    public async Task A_full_disk_of_the_server_says_so_and_leaves_no_half_model_and_goes_on_when_there_is_room()
    {
        using var volume = new SmallVolume(kilobytes: 20_000);
        var ballast = Path.Combine(volume.Path, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[2_000_000]);
        // Of its own: it must let go of the volume before that goes.
        using var full = new PostgresServer();
        full.Start();
        var space = Path.Combine(volume.Path, "space");
        Directory.CreateDirectory(space);
        PostgresServer.Own(space);
        full.Execute("postgres", $"create tablespace small location '{space}'");
        var connection = full.CreateDatabase("tablespace small");
        await PostgresExperimentStore.Open(connection).DisposeAsync();
        var store = ClusterArtifactStore.Open(connection, folder.File("small"));
        var content = Content(30_000_000);

        (await Should.ThrowAsync<StoreException>(() => Adopt(store, content))).Message.ShouldContain("the server's disk is full");

        (await store.Has(Convert.ToHexStringLower(SHA256.HashData(content)))).ShouldBeFalse();
        File.Delete(ballast);
        (await store.Has(await Adopt(store, Content(5000)))).ShouldBeTrue();
    }

    [Fact]
    public async Task A_folder_that_silos_share_serves_as_a_store_too()
    {
        FileArtifactStore one = FileArtifactStore.Open(folder.File("share")), other = FileArtifactStore.Open(folder.File("share"));

        var sha256 = await Adopt(one, Content(5000));

        (await other.Has(sha256)).ShouldBeTrue();
        (await File.ReadAllBytesAsync((await other.Fetch(sha256))!)).ShouldBe(Content(5000));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_says_so()
    {
        using var volume = new SmallVolume(kilobytes: 100);
        FileArtifactStore.Open(volume.Path);
        volume.MakeReadOnly();

        Should.Throw<StoreException>(() => FileArtifactStore.Open(volume.Path)).Message.ShouldContain("cannot be written");
    }

    public async ValueTask InitializeAsync()
    {
        await fixture.Prepare();
        here = ClusterArtifactStore.Open(fixture.Connection, folder.File("here"));
        there = ClusterArtifactStore.Open(fixture.Connection, folder.File("there"));
    }

    public async ValueTask DisposeAsync()
    {
        await fixture.DisposeAsync();
        folder.Dispose();
    }

    private string Database => fixture.Connection.Split("Database=")[1].Split(';')[0];

    /// <summary>Bytes without a pattern that a lost or swapped piece would not disturb.</summary>
    private static byte[] Content(int size)
    {
        var bytes = new byte[size];
        for (var i = 0; i < size; i++)
            bytes[i] = (byte)((i * 2654435761L) >> 13);
        return bytes;
    }

    private static void Age(string path, TimeSpan age)
    {
        var then = TimeProvider.System.GetUtcNow().UtcDateTime - age;
        File.SetLastWriteTimeUtc(path, then);
        File.SetLastAccessTimeUtc(path, then);
    }

    private static async Task<string> Adopt(IArtifactStore store, byte[] content)
    {
        var path = store.NewTemporaryPath();
        await File.WriteAllBytesAsync(path, content);
        return await store.Adopt(path);
    }
}
