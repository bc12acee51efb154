using System.Diagnostics;
using System.Text.Json.Nodes;
using Grid.Tests;

namespace Grid.Deploy.Tests.Containers;

/// <summary>The commands of the silo's Containerfile, carried out into a folder of this machine.</summary>
public sealed class PublishedTests
{
    [Fact]
    public void The_image_s_folder_holds_a_silo_and_beside_it_a_runner_that_works()
    {
        using var folder = new TemporaryFolder();
        var silo = folder.File("grid");
        var runner = Path.Combine(silo, "runner");
        // Of what is built already: the tests stand on it, too.
        Run("dotnet", "publish", RepositoryRoot.File("src", "Silo"), "--no-build", "-c", Configuration, "-o", silo, "-v", "quiet", "-nodeReuse:false");
        Run("dotnet", "publish", RepositoryRoot.File("src", "Runner"), "--no-build", "-c", Configuration, "-o", runner, "-v", "quiet", "-nodeReuse:false");

        File.Exists(Path.Combine(silo, "Grid.Silo")).ShouldBeTrue();
        Grid.Silo.Runners.RunnerLocator.Find(null, silo).ShouldBe(Path.Combine(runner, "Grid.Runner"));
        Run(Path.Combine(runner, "Grid.Runner"), "check").ShouldContain("libtorch");
        Directory.EnumerateFiles(silo, "*torch*").Select(f => Path.GetFileName(f)).ShouldAllBe(f => f == "TorchSharp.dll");
        // The base image must bring what they ask for.
        Frameworks(Path.Combine(silo, "Grid.Silo.runtimeconfig.json")).Concat(Frameworks(Path.Combine(runner, "Grid.Runner.runtimeconfig.json"))).Distinct()
            .ShouldBeSubsetOf(["Microsoft.NETCore.App", "Microsoft.AspNetCore.App"]);
        Run(Path.Combine(silo, "Grid.Silo"), "--help").ShouldContain("GRID_STORE_FILE");
    }

    private static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Name is "debug" ? "Debug" : "Release";

    private static IEnumerable<string> Frameworks(string file)
    {
        var options = JsonNode.Parse(File.ReadAllText(file))!["runtimeOptions"]!;
        return (options["frameworks"]?.AsArray() ?? [options["framework"]!.DeepClone()]).Select(f => f!["name"]!.GetValue<string>());
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, $"{Path.GetFileName(program)} {string.Join(' ', arguments)}\n{output}\n{error.Result}");
        return output;
    }
}
