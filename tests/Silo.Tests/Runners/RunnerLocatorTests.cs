using Grid.Silo.Runners;
using Grid.Tests;

namespace Grid.Silo.Tests.Runners;

public sealed class RunnerLocatorTests : IDisposable
{
    private static readonly string FileName = OperatingSystem.IsWindows() ? "Grid.Runner.exe" : "Grid.Runner";

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void The_runner_of_this_build_is_found() =>
        RunnerLocator.Find(null, AppContext.BaseDirectory).ShouldBe(RepositoryRoot.File(
            "artifacts", "bin", "Runner", new DirectoryInfo(AppContext.BaseDirectory).Name, FileName));

    [Fact]
    public void A_named_runner_comes_first_then_one_beside_the_program()
    {
        var beside = Touch("bin", "Client", "release", "runner", FileName);
        var built = Touch("bin", "Runner", "release", FileName);
        var named = Touch("elsewhere", "my-runner");
        var program = folder.File("bin", "Client", "release") + Path.DirectorySeparatorChar;

        RunnerLocator.Find(named, program).ShouldBe(named);
        RunnerLocator.Find("", program).ShouldBe(beside);
        File.Delete(beside);
        RunnerLocator.Find(null, program).ShouldBe(built);
    }

    [Fact]
    public void A_missing_runner_says_where_it_was_looked_for_and_what_to_do()
    {
        Should.Throw<RunnerNotFoundException>(() => RunnerLocator.Find(folder.File("gone"), folder.Path)).Message
            .ShouldContain($"GRID_RUNNER names {folder.File("gone")}");
        var message = Should.Throw<RunnerNotFoundException>(() => RunnerLocator.Find(null, folder.File("a", "b", "release"))).Message;
        message.ShouldContain(folder.File("a", "b", "release", "runner", FileName));
        message.ShouldContain(folder.File("a", "Runner", "release", FileName));
        message.ShouldContain("dotnet build");
    }

    public void Dispose() => folder.Dispose();

    private string Touch(params string[] parts)
    {
        var file = folder.File(parts);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");
        return file;
    }
}
