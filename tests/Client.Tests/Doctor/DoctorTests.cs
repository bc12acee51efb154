using Grid.Client.Doctor;
using Grid.Experiments.Store;

namespace Grid.Client.Tests.Doctor;

public sealed class DoctorTests
{
    [Fact]
    public async Task On_a_machine_that_built_the_tests_the_native_libraries_load()
    {
        await using var home = TemporaryHome.Create();

        var document = (await ConsoleRun.Of("doctor", "--home", home.Path, "--json")).Document;

        var runner = document["checks"]!.AsArray().Single(c => c!["name"]!.GetValue<string>() == "runner")!;
        runner["status"]!.GetValue<string>().ShouldBe("ok");
        runner["found"]!.GetValue<string>().ShouldContain("libtorch");
        document["checks"]!.AsArray().Select(c => c!["name"]!.GetValue<string>()).ShouldBe(
            [
                ".NET", "runner", "home", "processors", "memory", "disk", "meter rapl", "meter nvml", "meter core-watts", "data generated-digits", "data mnist",
                "data fashion-mnist", "clock",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task A_runner_that_cannot_compute_is_a_problem_with_its_last_words()
    {
        using var folder = new Grid.Tests.TemporaryFolder();
        var script = folder.File("runner");
        await File.WriteAllTextAsync(script, "#!/bin/sh\necho 'libtorch.so is missing' >&2\nexit 3\n");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A shell script is no program on Windows.");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var check = await RunnerCheck.Run(() => script, TestContext.Current.CancellationToken);

        check.Status.ShouldBe(CheckStatus.Problem);
        check.Found.ShouldContain("libtorch.so is missing");
        check.Advice!.ShouldContain("Build it again");
    }

    [Fact]
    public async Task What_is_no_program_is_a_problem()
    {
        using var folder = new Grid.Tests.TemporaryFolder();

        (await RunnerCheck.Run(() => folder.File("none"), TestContext.Current.CancellationToken)).Found.ShouldContain("cannot be started");
    }

    [Fact]
    public async Task A_home_that_is_not_there_is_not_made()
    {
        using var folder = new Grid.Tests.TemporaryFolder();
        var home = folder.File("a", "b");

        var check = await HomeCheck.Of(home);

        check.Status.ShouldBe(CheckStatus.Ok);
        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("file")]
    [InlineData("file", "below")]
    public async Task A_file_in_the_way_of_the_home_is_a_problem(params string[] home)
    {
        using var folder = new Grid.Tests.TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("file"), "");

        var check = await HomeCheck.Of(folder.File(home));

        check.Status.ShouldBe(CheckStatus.Problem);
        check.Found.ShouldContain($"{folder.File("file")} is a file");
    }

    [Fact]
    public async Task A_store_that_is_none_is_a_problem()
    {
        using var folder = new Grid.Tests.TemporaryFolder();
        await File.WriteAllTextAsync(HomeFolder.At(folder.Path).DatabaseFile, "this is text, long enough to be looked at as a database file");

        (await HomeCheck.Of(folder.Path)).Status.ShouldBe(CheckStatus.Problem);
    }

    [Fact]
    public async Task A_read_only_home_is_a_problem()
    {
        using var volume = new Grid.Tests.SmallVolume(200);
        volume.MakeReadOnly();

        (await HomeCheck.Of(volume.Path)).Status.ShouldBe(CheckStatus.Problem);
        (await HomeCheck.Of(Path.Combine(volume.Path, "new"))).Status.ShouldBe(CheckStatus.Problem);
    }

    [Theory]
    [InlineData(10_000_000_000, 4, "Ok", null)]
    [InlineData(1_800_000_000, 4, "Warning", "--slots 2")]
    [InlineData(500_000_000, 1, "Warning", "One slot may take")]
    public void Memory_is_compared_with_what_the_slots_may_take(long available, int slots, string status, string? advice)
    {
        var check = MachineChecks.Memory(available, slots);

        check.Status.ToString().ShouldBe(status);
        (check.Advice ?? "").ShouldContain(advice ?? "");
    }

    [Theory]
    [InlineData(5_000_000_000, "Ok")]
    [InlineData(500_000_000, "Warning")]
    [InlineData(1_000_000, "Problem")]
    public void A_full_disk_is_told(long free, string status) => MachineChecks.Disk(free, "home").Status.ToString().ShouldBe(status);
}
