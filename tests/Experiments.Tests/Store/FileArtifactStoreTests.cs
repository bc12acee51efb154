using System.Security.Cryptography;
using System.Text;
using Grid.Experiments.Store;
using Grid.Tests;

namespace Grid.Experiments.Tests.Store;

public sealed class FileArtifactStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly HomeFolder home;
    private readonly FileArtifactStore artifacts;

    public FileArtifactStoreTests()
    {
        home = HomeFolder.Open(folder.Path);
        artifacts = new FileArtifactStore(home);
    }

    [Fact]
    public async Task An_adopted_file_is_found_by_its_hash()
    {
        var sha256 = await Adopt("model");

        sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData("model"u8)));
        File.ReadAllText(artifacts.Find(sha256).ShouldNotBeNull()).ShouldBe("model");
        Directory.GetFiles(home.TemporaryFolder).ShouldBeEmpty();
        artifacts.Find(new string('0', 64)).ShouldBeNull();
    }

    [Fact]
    public async Task The_same_content_is_kept_once_and_the_file_that_is_there_stays()
    {
        var sha256 = await Adopt("model");
        var written = File.GetLastWriteTimeUtc(artifacts.Find(sha256)!);

        (await Adopt("model")).ShouldBe(sha256);

        File.GetLastWriteTimeUtc(artifacts.Find(sha256)!).ShouldBe(written);
        Directory.GetFiles(home.ArtifactsFolder, "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
        Directory.GetFiles(home.TemporaryFolder).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("modem")]
    [InlineData("mo")]
    public async Task Adopting_again_replaces_a_damaged_file(string damage)
    {
        var sha256 = await Adopt("model");
        File.WriteAllText(artifacts.Find(sha256)!, damage);

        await Adopt("model");

        File.ReadAllText(artifacts.Find(sha256)!).ShouldBe("model");
    }

    [Fact]
    public async Task Only_a_damaged_file_is_put_aside()
    {
        var sha256 = await Adopt("model");
        (await artifacts.Quarantine(sha256)).ShouldBeFalse();
        artifacts.Find(sha256).ShouldNotBeNull();

        File.WriteAllText(artifacts.Find(sha256)!, "modem");

        (await artifacts.Quarantine(sha256)).ShouldBeTrue();
        artifacts.Find(sha256).ShouldBeNull();
        (await artifacts.Quarantine(sha256)).ShouldBeTrue();
        File.ReadAllText(Directory.GetFiles(Path.Combine(home.ArtifactsFolder, "damaged")).ShouldHaveSingleItem()).ShouldBe("modem");
    }

    [Fact]
    public async Task A_removed_file_is_gone_and_removing_it_again_is_no_error()
    {
        var (removed, other) = (await Adopt("model"), await Adopt("other"));

        await artifacts.Remove(removed);
        await artifacts.Remove(removed);
        await artifacts.Remove(new string('0', 64));

        artifacts.Find(removed).ShouldBeNull();
        artifacts.Find(other).ShouldNotBeNull();
    }

    [Fact]
    public async Task Many_adopt_the_same_content_at_once()
    {
        var hashes = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Adopt("model")));

        File.ReadAllText(artifacts.Find(hashes.Distinct().ShouldHaveSingleItem())!).ShouldBe("model");
        Directory.GetFiles(home.TemporaryFolder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_missing_temporary_file_and_a_name_that_is_no_hash_are_errors()
    {
        (await Should.ThrowAsync<StoreException>(() => artifacts.Adopt(artifacts.NewTemporaryPath()))).Message.ShouldContain("Cannot take over");
        Should.Throw<ArgumentException>(() => artifacts.Find("../../etc/passwd"));
    }

    public void Dispose() => folder.Dispose();

    private async Task<string> Adopt(string content)
    {
        var path = artifacts.NewTemporaryPath();
        await File.WriteAllBytesAsync(path, Encoding.UTF8.GetBytes(content));
        return await artifacts.Adopt(path);
    }
}
