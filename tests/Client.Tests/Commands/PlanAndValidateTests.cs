using Grid.Experiments.Sweeps;

namespace Grid.Client.Tests.Commands;

public sealed class PlanAndValidateTests : IDisposable
{
    private readonly Grid.Tests.TemporaryFolder folder = new();

    private const string Valid = """
        name: fashion
        model: { zoo: lenet-300-100 }
        pipeline: [prune, quantize]
        space:
          prune.ratio: [0, 0.5]
          quantize.scheme: [none, weights]
          quantize.bits: [4, 8]
        objectives: { accuracy: max, size: min }
        """;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_valid_file_is_said_to_be_valid_and_its_experiment_named()
    {
        var file = await Write(Valid);

        var run = await ConsoleRun.Of("validate", file);
        var document = (await ConsoleRun.Of("validate", file, "--json")).Document;

        run.ExitCode.ShouldBe(ExitCodes.Done);
        run.Output.ShouldContain("is valid");
        document["valid"]!.GetValue<bool>().ShouldBeTrue();
        document["experiment"]!.GetValue<string>().ShouldStartWith("fashion-");
        document["errors"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_error_is_told_at_once_with_file_line_and_key()
    {
        var file = await Write(Valid.Replace("0.5", "1.5").Replace("weights", "wieghts"));

        var run = await ConsoleRun.Of("validate", file);
        var json = await ConsoleRun.Of("validate", file, "--json");

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Output.ShouldBeEmpty();
        var lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(2);
        lines[0].ShouldStartWith($"{file}:5:");
        lines[0].ShouldContain("prune.ratio");
        lines[1].ShouldStartWith($"{file}:6:");
        json.ExitCode.ShouldBe(ExitCodes.BadInput);
        json.Document["errors"]!.AsArray().Select(e => e!["line"]!.GetValue<int>()).ShouldBe([5, 6]);
        json.Document["errors"]![0]!["key"]!.GetValue<string>().ShouldContain("prune.ratio");
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("validate")]
    public async Task A_file_that_is_not_there_is_bad_input(string command)
    {
        var run = await ConsoleRun.Of(command, folder.File("none.yaml"));

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldContain("none.yaml");
    }

    [Fact]
    public async Task A_plan_counts_trials_stages_and_what_collapses()
    {
        var run = await ConsoleRun.Of("plan", await Write(Valid), "--home", folder.File("home"), "--json");

        run.ExitCode.ShouldBe(ExitCodes.Done);
        run.Document["trials"]!.GetValue<int>().ShouldBe(6);
        run.Document["combinations"]!.GetValue<int>().ShouldBe(8);
        run.Document["collapsed"]!.GetValue<int>().ShouldBe(2);
        run.Document["stages"]!["byKind"]!["train"]!.ToJsonString().ShouldBe("""{"total":1,"computed":0}""");
        run.Document["stages"]!["remaining"]!.GetValue<int>().ShouldBe(run.Document["stages"]!["total"]!.GetValue<int>());
        run.Document["estimate"].ShouldBeNull();
        Directory.Exists(folder.File("home")).ShouldBeFalse();
    }

    [Fact]
    public async Task What_the_store_holds_is_counted_as_computed_and_gives_an_estimate()
    {
        await using var home = TemporaryHome.Create();
        await StoredSweep.AddTo(home);
        var sweep = StoredSweep.Sweep with { Name = "again", Space = [new("prune.ratio", ["0", "0.5", "0.55"])] };

        var planned = await Planning.PlannedSweep.Of(sweep, home.Store, slots: 2);

        var document = planned.Document(slots: 2);
        document.Stages.Total.ShouldBe(2 + 2 + 3);
        document.Stages.Computed.ShouldBe(2 + 1 + 2);
        document.Stages.Remaining.ShouldBe(2);
        // A stage took 1.5 s: pruning on one of two slots, measuring alone.
        document.Estimate!.Seconds.ShouldBe(1.5 / 2 + 1.5, 0.06);
        // Source and train of three trials instead of one.
        document.Estimate.TimesWithoutSharing.ShouldBe(((8 / 2.0) + 3) / ((4 / 2.0) + 3), 0.01);
        document.Experiment.ShouldBe(ExperimentId.Of(sweep));
    }

    [Fact]
    public async Task An_uncompressed_model_that_is_no_combination_is_counted_beside_them()
    {
        var run = await ConsoleRun.Of("plan", await Write(Valid.Replace("[0, 0.5]", "[0.25, 0.5]")), "--home", folder.File("home"));

        run.Output.ShouldContain("7 trials: 8 combinations, of which 2 equal another and collapse, and 1 uncompressed to compare with.");
    }

    [Fact]
    public async Task People_see_the_plan_as_a_table()
    {
        var run = await ConsoleRun.Of("plan", await Write(Valid), "--home", folder.File("home"));

        run.Output.ShouldContain("6 trials: 8 combinations, of which 2 equal another and collapse, the uncompressed model among them.");
        run.Output.ShouldContain("quantize");
        run.Output.ShouldContain("Without sharing it would be");
    }

    private async Task<string> Write(string text)
    {
        var file = folder.File("sweep.yaml");
        await File.WriteAllTextAsync(file, text);
        return file;
    }
}
