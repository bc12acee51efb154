using System.Text.Json.Nodes;

namespace Grid.Client.Tests.Commands;

public sealed class ExportCommandTests : IAsyncLifetime
{
    private readonly TemporaryHome home = TemporaryHome.Create();

    public async ValueTask InitializeAsync() => await StoredSweep.AddTo(home);

    public ValueTask DisposeAsync() => home.DisposeAsync();

    private string Target => Path.Combine(home.Path, "out");

    [Fact]
    public async Task The_models_of_the_frontier_are_copied_with_a_manifest()
    {
        var run = await Run("--json");

        run.ExitCode.ShouldBe(ExitCodes.Done);
        Files().ShouldBe(["manifest.json", "trial-0000.onnx", "trial-0001.onnx", "trial-0002.onnx", "trial-0003.onnx"]);
        (await File.ReadAllBytesAsync(Path.Combine(Target, "trial-0003.onnx"))).ShouldBe(StoredSweep.Model(3));
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Target, "manifest.json")))!;
        JsonNode.DeepEquals(manifest, run.Document).ShouldBeTrue();
        manifest["models"]![3]!["notes"]![0]!.GetValue<string>().ShouldBe("3 filters were kept.");
        manifest["models"]![3]!["config"]!["prune.ratio"]!.GetValue<double>().ShouldBe(0.7);
    }

    [Fact]
    public async Task Every_model_or_only_those_named_can_be_had()
    {
        (await Run("--all")).ExitCode.ShouldBe(ExitCodes.Done);
        Files().Count(f => f.EndsWith(".onnx")).ShouldBe(6);
        (await Run("--trial", "4", "--trial", "5", "--json")).Document["models"]!.AsArray().Select(m => m!["trial"]!.GetValue<int>()).ShouldBe([4, 5]);
    }

    [Fact]
    public async Task A_packed_model_unpacks_to_the_identical_file()
    {
        await Run("--packed", "--trial", "2");
        var packed = Path.Combine(Target, "trial-0002.onnx.pack");
        new FileInfo(packed).Length.ShouldBeLessThan(StoredSweep.Model(2).Length);

        var run = await ConsoleRun.Of("unpack", packed);

        run.ExitCode.ShouldBe(ExitCodes.Done);
        (await File.ReadAllBytesAsync(run.Output.TrimEnd())).ShouldBe(StoredSweep.Model(2));
    }

    [Fact]
    public async Task What_is_no_packed_model_is_refused_and_nothing_written()
    {
        var file = Path.Combine(home.Path, "text.onnx.pack");
        await File.WriteAllTextAsync(file, "text");

        var run = await ConsoleRun.Of("unpack", file);

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldContain("cannot be unpacked");
        File.Exists(Path.Combine(home.Path, "text.onnx")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("6", "it failed: The runner was killed by signal 11")]
    [InlineData("99", "has no trial 99")]
    public async Task A_trial_without_a_model_says_why(string trial, string reason)
    {
        var run = await Run("--trial", trial);

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldContain(reason);
        Directory.Exists(Target).ShouldBeFalse();
    }

    [Fact]
    public async Task A_damaged_model_is_told_and_moved_aside_so_that_running_again_computes_it_anew()
    {
        var sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(StoredSweep.Model(2)));
        await File.WriteAllTextAsync(home.Artifacts.Find(sha256)!, "damaged");

        var run = await Run("--trial", "2");

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldContain("is damaged");
        home.Artifacts.Find(sha256).ShouldBeNull();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_bad_input()
    {
        await File.WriteAllTextAsync(Target, "a file in the way");

        var run = await Run();

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldContain("cannot be written");
    }

    private Task<ConsoleRun> Run(params string[] options) => ConsoleRun.Of(["export", "latest", "--output", Target, .. options, "--home", home.Path]);

    private string[] Files() => [.. Directory.GetFiles(Target).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
}
