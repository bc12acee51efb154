namespace Grid.Client.Tests.Commands;

public sealed class PickCommandTests : IAsyncLifetime
{
    private readonly TemporaryHome home = TemporaryHome.Create();

    public async ValueTask InitializeAsync() => await StoredSweep.AddTo(home);

    public ValueTask DisposeAsync() => home.DisposeAsync();

    [Theory]
    [InlineData("knee", 2)]
    [InlineData("best", 3, "--max-accuracy-drop", "2%")]
    [InlineData("best", 1, "--max-accuracy-drop", "0.0025")]
    [InlineData("best", 0, "--by", "accuracy")]
    [InlineData("best", 2, "--by", "size", "--min-accuracy", "96%")]
    [InlineData("best", 3, "--by", "latency")]
    [InlineData("knee", 1, "--min-accuracy", "0.968", "--max-latency", "10us")]
    public async Task It_chooses_by_the_rule_asked_for(string rule, int trial, params string[] options)
    {
        var run = await Run([.. options, "--json"]);

        run.ExitCode.ShouldBe(ExitCodes.Done);
        run.Document["rule"]!.GetValue<string>().ShouldBe(rule);
        run.Document["point"]!["trial"]!.GetValue<int>().ShouldBe(trial);
        run.Document["output"].ShouldBeNull();
    }

    [Fact]
    public async Task The_model_is_copied_to_the_file_asked_for()
    {
        var target = Path.Combine(home.Path, "new", "model.onnx");

        var run = await Run("--output", target);

        run.ExitCode.ShouldBe(ExitCodes.Done);
        run.Output.TrimEnd().ShouldEndWith(target);
        (await File.ReadAllBytesAsync(target)).ShouldBe(StoredSweep.Model(2));
        Directory.GetFiles(Path.GetDirectoryName(target)!).ShouldBe([target]);
    }

    [Fact]
    public async Task A_damaged_model_is_not_handed_out()
    {
        var file = (await Run("--json")).Document["point"]!["artifact"]!.GetValue<string>();
        await File.WriteAllTextAsync(file, "something else");
        var target = Path.Combine(home.Path, "model.onnx");

        var run = await Run("--output", target);

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldContain("is damaged");
        File.Exists(target).ShouldBeFalse();
    }

    [Fact]
    public async Task No_model_within_the_limits_is_nothing_usable()
    {
        var run = await Run("--max-accuracy-drop", "-5%", "--json");

        run.ExitCode.ShouldBe(ExitCodes.NothingUsable);
        run.Messages.Single().ShouldContain("accuracy-drop at most -5.00 %");
    }

    [Fact]
    public async Task An_unknown_metric_lists_those_there_are() => (await Run("--by", "speed")).Error.ShouldContain("throughput");

    private Task<ConsoleRun> Run(params string[] options) => ConsoleRun.Of(["pick", "fashion", .. options, "--home", home.Path]);
}
