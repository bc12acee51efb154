using Grid.Experiments.Store;
using Grid.Tests;

namespace Grid.Experiments.Tests.Store;

public sealed class HomeFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Opening_makes_the_folders_and_looking_does_not()
    {
        HomeFolder.At(folder.File("looked")).DatabaseFile.ShouldBe(folder.File("looked", "grid.db"));
        Directory.Exists(folder.File("looked")).ShouldBeFalse();

        HomeFolder.Open(folder.File("a", "home"));

        Directory.GetDirectories(folder.File("a", "home")).Select(Path.GetFileName).Order().ShouldBe(["artifacts", "logs", "tmp"]);
    }

    [Fact]
    public void A_second_lock_names_the_holder_and_is_granted_when_it_lets_go()
    {
        var home = HomeFolder.Open(folder.Path);
        using (home.Lock())
        {
            var message = Should.Throw<StoreException>(() => home.Lock()).Message;
            message.ShouldContain($"is in use: process {Environment.ProcessId} (Grid.Experiments.Tests");
            message.ShouldNotContain(".dll");
        }

        home.Lock().Dispose();
    }

    [Fact]
    public async Task A_lock_ends_with_its_process_however_that_ends()
    {
        var home = HomeFolder.Open(folder.Path);
        using var holder = StandInProcess.Start("hold-home", folder.Path);
        (await holder.StandardOutput.ReadLineAsync()).ShouldBe("locked");
        Should.Throw<StoreException>(() => home.Lock()).Message.ShouldContain($"process {holder.Id} (Grid.StandInRunner");

        holder.Kill();
        await holder.WaitForExitAsync();

        home.Lock().Dispose();
    }

    [Fact]
    public void Unfinished_files_are_gone_once_the_lock_is_held()
    {
        var home = HomeFolder.Open(folder.Path);
        File.WriteAllText(Path.Combine(home.TemporaryFolder, "half"), "x");

        using var held = home.Lock();

        Directory.GetFileSystemEntries(home.TemporaryFolder).ShouldBeEmpty();
    }

    [Fact]
    public void A_folder_that_cannot_be_written_says_so()
    {
        using var volume = new SmallVolume(kilobytes: 100);
        var home = HomeFolder.Open(Path.Combine(volume.Path, "home"));
        home.Lock().Dispose();
        volume.MakeReadOnly();

        Should.Throw<StoreException>(() => HomeFolder.Open(Path.Combine(volume.Path, "new"))).Message.ShouldContain("cannot be written");
        Should.Throw<StoreException>(() => home.Lock()).Message.ShouldContain("cannot be locked");
    }

    [Fact]
    public void A_full_folder_says_to_make_room()
    {
        using var volume = new SmallVolume(kilobytes: 100);
        var home = HomeFolder.Open(Path.Combine(volume.Path, "home"));
        home.Lock().Dispose();
        using (var file = File.Create(Path.Combine(volume.Path, "filler")))
            Should.Throw<IOException>(() => file.Write(new byte[200 * 1024]));

        Should.Throw<StoreException>(() => home.Lock()).Message.ShouldContain("make room");
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_says_so()
    {
        File.WriteAllText(folder.File("file"), "");

        Should.Throw<StoreException>(() => HomeFolder.Open(folder.File("file"))).Message
            .ShouldBe($"The home folder {folder.File("file")} cannot be there: {folder.File("file")} is a file. Name a folder with --home.");
    }

    public void Dispose() => folder.Dispose();
}
