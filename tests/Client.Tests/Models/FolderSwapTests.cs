using Grid.Client.Models;
using Grid.Tests;

namespace Grid.Client.Tests.Models;

public sealed class FolderSwapTests : IDisposable
{
    private readonly TemporaryFolder home = new();

    public void Dispose() => home.Dispose();

    [Fact]
    public async Task Of_several_that_put_a_folder_in_the_same_place_at_once_one_stays_and_is_whole()
    {
        var place = home.File("models");
        await Parallel.ForAsync(0, 200, TestContext.Current.CancellationToken, (writer, _) =>
        {
            var fresh = FolderSwap.Beside(place);
            Directory.CreateDirectory(fresh);
            foreach (var file in (ReadOnlySpan<string>)["a", "b", "c"])
                File.WriteAllText(Path.Combine(fresh, file), $"{writer}");
            FolderSwap.Put(fresh, place);
            return ValueTask.CompletedTask;
        });

        var files = Directory.GetFiles(place);
        files.Select(Path.GetFileName).ShouldBe(["a", "b", "c"], ignoreOrder: true);
        files.Select(File.ReadAllText).Distinct().ShouldHaveSingleItem();
        Directory.GetDirectories(home.Path).ShouldBe([place]);
    }

    [Fact]
    public void Where_something_else_stands_nothing_is_put_and_the_reason_is_told()
    {
        var (fresh, place) = (Path.Combine(home.Path, "fresh"), home.File("models"));
        Directory.CreateDirectory(fresh);
        File.WriteAllText(place, "a file");

        Should.Throw<IOException>(() => FolderSwap.Put(fresh, place));

        File.ReadAllText(place).ShouldBe("a file");
    }
}
