using System.Text.Json.Nodes;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;

namespace Grid.Client.Tests.Commands;

public sealed class CompareCommandTests : IAsyncLifetime
{
    private readonly TemporaryHome home = TemporaryHome.Create();

    public async ValueTask InitializeAsync() => await StoredSweep.AddTo(home);

    public ValueTask DisposeAsync() => home.DisposeAsync();

    [Fact]
    public async Task Two_trials_differ_in_what_made_them_and_in_every_number()
    {
        var run = await Run("latest", "1", "2", "--json");

        run.ExitCode.ShouldBe(ExitCodes.Done);
        (Number(run.Document["a"]!["point"]!["trial"]), Number(run.Document["b"]!["point"]!["trial"])).ShouldBe((1, 2));
        run.Document["settings"]!.AsArray().Select(s => s!.ToJsonString()).ShouldBe(["""{"name":"prune.ratio","a":"0.5","b":"0.6"}"""]);
        var latency = run.Document["metrics"]!["latency-p50"]!;
        (latency["better"]!.GetValue<string>(), latency["separable"]!.GetValue<bool>(), latency["obstacle"]).ShouldBe(("b", true, null));
        latency["ratio"]!.GetValue<double>().ShouldBe(5.0 / 9, 1e-9);
        run.Document["metrics"]!["accuracy"]!["better"]!.GetValue<string>().ShouldBe("a");
    }

    [Fact]
    public async Task People_see_which_is_better_and_by_how_much()
    {
        var run = await Run(StoredSweep.Id, "1", "2");

        run.Output.ShouldContain($"A: trial 1 of {StoredSweep.Id}, prune ratio=0.5");
        run.Output.ShouldContain("● 5.00 µs");
        run.Output.ShouldContain("1.80x lower");
        run.Output.ShouldContain("0.10 points lower");
        run.Output.ShouldContain("measured at different times");
    }

    [Fact]
    public async Task What_is_missing_or_not_measured_is_told()
    {
        (await Run("latest", "1", "6")).Error.ShouldContain($"Trial 6 of {StoredSweep.Id} has no measured model to compare. See why: grid show {StoredSweep.Id} 6 --home {home.Path}");
        (await Run("latest", "1", "99")).Error.ShouldContain("has no trial 99");
        (await Run("latest:1", "none:2")).Error.ShouldContain("There is no experiment 'none'");
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("latest", "latest:3")]
    [InlineData("latest", "1", "second")]
    [InlineData("latest", "1", "-2")]
    [InlineData("latest", "1", "2", "3")]
    public async Task What_is_nothing_to_compare_says_how_to_write_it(params string[] words)
    {
        var run = await Run(words);

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldContain("See: grid compare --help");
    }

    [Theory]
    [InlineData("-2", "latest", "1", "-2")]
    [InlineData("second", "latest", "1", "second")]
    [InlineData("99999999999", "latest", "99999999999", "1")]
    [InlineData("-1", "latest:-1", "latest:2")]
    [InlineData("99999999999", "latest:1", "latest:99999999999")]
    public async Task What_is_no_trial_to_compare_is_named(string named, params string[] words)
    {
        var run = await Run(words);

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldStartWith($"'{named}' is no trial; it must be a whole number from 0 to {int.MaxValue}.");
    }

    [Fact]
    public async Task Trials_that_were_not_measured_are_not_shared()
    {
        var begun = StoredSweep.Sweep with { Name = "begun" };
        await home.Store.AddExperiment(new(ExperimentId.Of(begun), begun.Name, SweepJson.Write(begun), ExperimentStatus.Running, false, DateTimeOffset.UnixEpoch.AddDays(1), null));

        var measured = await Run(StoredSweep.Id, StoredSweep.Id, "--json");
        var nothing = await Run("begun", "begun");

        // One of the seven failed.
        measured.Document["shared"]!["trials"]!.GetValue<int>().ShouldBe(6);
        nothing.ExitCode.ShouldBe(ExitCodes.Done);
        nothing.Output.ReplaceLineEndings(" ").ShouldContain("They share 0 measured trials and 0 stages");
    }

    [Fact]
    public async Task Two_sweeps_differ_in_their_files_and_are_compared_by_what_both_measure()
    {
        await StoredSweep.AddTwoClassesTo(home);

        var run = await Run(StoredSweep.Id, "classes", "--json");

        // The class that both have: the second of the second.
        run.Document["b"]!["device"]!.GetValue<string>().ShouldBe("local");
        run.Document["differences"]!.AsArray().Select(d => d!["name"]!.GetValue<string>()).ShouldBe(["run-on"]);
        run.Document["leftOut"]!.AsArray().ShouldBeEmpty();
        // The same models with the same numbers: neither leaves anything of the other.
        (Real(run.Document["a"]!["covered"]), Real(run.Document["b"]!["covered"])).ShouldBe((1, 1));
        Real(run.Document["a"]!["hypervolume"]).ShouldBe(Real(run.Document["b"]!["hypervolume"]));
        run.Document["best"]!.AsArray().Select(b => (Number(b!["a"]), Number(b["b"]))).ShouldBe([(0, 0), (3, 3), (3, 3)]);
        run.Document["shared"]!.ToJsonString().ShouldBe("""{"trials":6,"stages":15,"stagesOfA":15,"stagesOfB":22}""");
    }

    [Fact]
    public async Task Times_of_other_machines_take_no_part_and_the_reason_is_given()
    {
        await StoredSweep.AddTo(home, StoredSweep.Sweep with { Name = "far", RunOn = new("cpu", ["arm"]) });

        var run = await Run(StoredSweep.Id, "far");
        var json = await Run(StoredSweep.Id, "far", "--json");

        json.Document["objectives"]!.AsArray().Select(o => o!["metric"]!.GetValue<string>()).ShouldBe(["accuracy", "size"]);
        json.Document["leftOut"]!.AsArray().Single()!["metric"]!.GetValue<string>().ShouldBe("latency-p50");
        run.Output.ShouldContain("Not by latency-p50: one is of local, the other of arm");
        run.Output.ShouldContain("B: far-");
        run.Output.ShouldContain("Compared by maximize accuracy, minimize size");
    }

    private Task<ConsoleRun> Run(params string[] arguments) => ConsoleRun.Of(["compare", .. arguments, "--home", home.Path]);

    private static int Number(JsonNode? node) => node!.GetValue<int>();

    private static double Real(JsonNode? node) => node!.GetValue<double>();
}
