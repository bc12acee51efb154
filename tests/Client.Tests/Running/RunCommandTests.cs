using Grid.Experiments.Measurement.Energy.Meters;
using Grid.Experiments.Store;
using Grid.Silo.Runners;
using Grid.Tests;

namespace Grid.Client.Tests.Running;

public sealed class RunCommandTests : IDisposable
{
    private readonly SweepFolder sweep = new();

    public void Dispose() => sweep.Dispose();

    [Fact]
    public async Task A_sweep_ends_in_one_document_with_progress_beside_it()
    {
        var run = await ConsoleRun.WithStandIn("run", sweep.File, "--home", sweep.Home, "--json");

        run.ExitCode.ShouldBe(ExitCodes.Done);
        run.Document["status"]!.GetValue<string>().ShouldBe("done");
        run.Document["trials"]!.ToJsonString().ShouldBe("""{"total":6,"succeeded":6,"failed":0}""");
        run.Document["stages"]!["computed"]!.GetValue<int>().ShouldBe(run.Document["stages"]!["total"]!.GetValue<int>());
        run.Document["reference"]!["trial"]!.GetValue<int>().ShouldBe(0);
        foreach (var point in run.Document["frontier"]!.AsArray())
        {
            File.Exists(point!["artifact"]!.GetValue<string>()).ShouldBeTrue();
            point["metrics"]!["test-accuracy"]!["value"]!.GetValue<double>().ShouldBeGreaterThan(0);
        }
        run.Error.ShouldContain("trial 5 done");
    }

    [Fact]
    public async Task Running_again_computes_nothing_and_finds_the_same()
    {
        var first = await ConsoleRun.WithStandIn("run", sweep.File, "--home", sweep.Home, "--json");
        var again = await ConsoleRun.WithStandIn("run", sweep.File, "--home", sweep.Home, "--json");

        again.Document["stages"]!["computed"]!.GetValue<int>().ShouldBe(0);
        again.Document["stages"]!["reused"]!.GetValue<int>().ShouldBe(first.Document["stages"]!["total"]!.GetValue<int>());
        again.Document["frontier"]!.ToJsonString().ShouldBe(first.Document["frontier"]!.ToJsonString());
        (await ConsoleRun.Of("plan", sweep.File, "--home", sweep.Home)).Output.ShouldContain("Everything is computed already.");
    }

    [Fact]
    public async Task People_get_table_recommendation_report_and_models()
    {
        var run = await ConsoleRun.WithStandIn("run", sweep.File, "--home", sweep.Home);

        run.ExitCode.ShouldBe(ExitCodes.Done);
        run.Output.ShouldContain("done: 6 of 6 trials succeeded, 0 failed");
        run.Output.ShouldContain("models are on the frontier");
        var places = run.Output.Split('\n').Where(l => l.StartsWith("report  ") || l.StartsWith("models  ")).Select(l => l[8..]).ToArray();
        (await File.ReadAllTextAsync(places[0])).ShouldContain("<h2>Frontier</h2>");
        Directory.GetFiles(places[1], "*.onnx").ShouldNotBeEmpty();
        File.Exists(Path.Combine(places[1], "manifest.json")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_budget_that_runs_out_ends_the_sweep_and_says_so_everywhere()
    {
        await File.AppendAllTextAsync(sweep.File, "\nbudget: { trials: 3, time: 10h }\n");

        var run = await ConsoleRun.WithStandIn("run", sweep.File, "--home", sweep.Home);
        var json = await ConsoleRun.WithStandIn("run", sweep.File, "--home", sweep.Home, "--json");
        var show = await ConsoleRun.Of("show", "latest", "--home", sweep.Home);
        var shown = (await ConsoleRun.Of("show", "latest", "--home", sweep.Home, "--json")).Document;
        var plan = await ConsoleRun.Of("plan", sweep.File, "--home", sweep.Home);

        run.ExitCode.ShouldBe(ExitCodes.Done);
        run.Output.ShouldContain("done: 3 of 3 trials succeeded");
        run.Output.ShouldContain("Its budget of trials ended it (10 h 00 min, 3 trials): it took ");
        run.Output.ShouldContain("grid extend small-");
        json.Document["spent"]!["endedBy"]!.GetValue<string>().ShouldBe("trials");
        json.Document["spent"]!["energy"]!["value"].ShouldBeNull();
        show.Output.ShouldContain("Its budget of trials ended it");
        shown["spent"]!["endedBy"]!.GetValue<string>().ShouldBe("trials");
        shown["sweep"]!["budget"]!["trials"]!.GetValue<int>().ShouldBe(3);
        plan.Output.ShouldContain("Its budget: 10 h 00 min, 3 trials; whatever runs out first ends it. That leaves out 3 trials.");
    }

    [Fact]
    public async Task A_budget_of_energy_is_refused_where_nothing_counts_it_and_told_what_to_do()
    {
        await File.AppendAllTextAsync(sweep.File, "\nbudget: { energy: 50 kJ }\n");
        var nothing = new Dictionary<string, string> { [RunnerLocator.Variable] = StandInProcess.File, [MeterSettings.PowercapVariable] = Path.Combine(sweep.Home, "none") };

        var run = await ConsoleRun.Of(nothing, ["run", sweep.File, "--home", sweep.Home]);
        var plan = await ConsoleRun.Of(nothing, ["plan", sweep.File, "--home", sweep.Home]);
        var planned = (await ConsoleRun.Of(nothing, ["plan", sweep.File, "--home", sweep.Home, "--json"])).Document["budget"]!;
        nothing[MeterSettings.CoreWattsVariable] = "much";
        var wrong = await ConsoleRun.Of(nothing, ["run", sweep.File, "--home", sweep.Home]);

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldContain("small has a budget of energy, and nothing on this machine counts energy: there is no ");
        run.Error.ShouldContain("Set GRID_CORE_WATTS to the watts of one busy core");
        Directory.Exists(sweep.Home).ShouldBeFalse();
        plan.ExitCode.ShouldBe(ExitCodes.Done);
        plan.Output.ReplaceLineEndings(" ").ShouldContain("Its budget: 50.0 kJ; whatever runs out first ends it.");
        planned["energy"]!.GetValue<double>().ShouldBe(50_000);
        planned["problem"]!.GetValue<string>().ShouldContain("nothing on this machine counts energy");
        wrong.Error.ShouldContain("GRID_CORE_WATTS is 'much'; accepted: ");
    }

    [Fact]
    public async Task A_runner_that_does_not_count_ends_a_sweep_with_a_budget_of_energy_at_its_first_stage()
    {
        await File.AppendAllTextAsync(sweep.File, "\nbudget: { energy: 50 kJ }\n");

        var run = await ConsoleRun.Of(
            new Dictionary<string, string>
            {
                [RunnerLocator.Variable] = StandInProcess.File,
                [MeterSettings.PowercapVariable] = Path.Combine(sweep.Home, "none"),
                [MeterSettings.CoreWattsVariable] = "8",
            },
            ["run", sweep.File, "--home", sweep.Home, "--json"]);

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Document["status"]!.GetValue<string>().ShouldBe("interrupted");
        run.Problems.Single().ShouldStartWith("The budget of energy cannot be kept: the source stage ");
    }

    [Fact]
    public async Task A_sweep_that_asks_for_other_machines_is_refused_at_once_and_told_what_to_start()
    {
        await File.AppendAllTextAsync(sweep.File, "\nrun-on: { train: cuda, measure: [local, xeon-1] }\n");

        var run = await ConsoleRun.WithStandIn("run", sweep.File, "--home", sweep.Home);

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        var message = run.Error.ReplaceLineEndings(" ");
        message.ShouldContain("train/cuda and measure/xeon-1, which this process does not serve");
        message.ShouldContain("a silo with --role train --accelerator cuda, and a silo with --role measure --device-class xeon-1");
        Directory.Exists(sweep.Home).ShouldBeFalse();
    }

    [Fact]
    public async Task A_bad_sweep_file_computes_nothing_and_makes_no_home()
    {
        await File.WriteAllTextAsync(sweep.File, "name: small\nspaec: {}\n");

        var run = await ConsoleRun.WithStandIn("run", sweep.File, "--home", sweep.Home);

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldContain($"{sweep.File}:2");
        run.Error.ShouldContain("space");
        Directory.Exists(sweep.Home).ShouldBeFalse();
    }

    [Fact]
    public async Task A_home_that_another_process_computes_in_is_told()
    {
        using var held = HomeFolder.Open(sweep.Home).Lock();

        var run = await ConsoleRun.WithStandIn("run", sweep.File, "--home", sweep.Home, "--json");

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Messages.Single().ShouldContain("is in use");
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_is_told_with_what_to_do_and_by_the_exit_code()
    {
        var first = await ConsoleRun.WithStandIn("run", sweep.File, "--home", sweep.Home, "--json");
        var id = first.Document["experiment"]!.GetValue<string>();
        var report = HomeFolder.At(sweep.Home).ReportFile(id);
        File.Delete(report);
        Directory.CreateDirectory(report);

        var run = await ConsoleRun.WithStandIn("run", sweep.File, "--home", sweep.Home);
        var json = await ConsoleRun.WithStandIn("run", sweep.File, "--home", sweep.Home, "--json");

        run.ExitCode.ShouldBe(ExitCodes.Incomplete);
        run.Output.ShouldContain("done: 6 of 6 trials succeeded");
        run.Output.ShouldNotContain("report  ");
        run.Output.ShouldContain("models  ");
        run.Error.ShouldContain($"The report could not be written: {report} is a folder; name a file in it. "
            + $"The results are kept; take them from there with: grid report {id} --device local --home {sweep.Home} --output FILE");
        json.ExitCode.ShouldBe(ExitCodes.Incomplete);
        run.Error.ShouldContain(json.Problems.Single());
    }

    [Fact]
    public async Task A_read_only_home_is_told()
    {
        using var volume = new Grid.Tests.SmallVolume(500);
        volume.MakeReadOnly();

        var run = await ConsoleRun.WithStandIn("run", sweep.File, "--home", Path.Combine(volume.Path, "home"));

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldContain("cannot be written");
    }

    [Fact]
    public async Task Another_sweep_of_the_same_name_is_told_apart_by_its_id()
    {
        await ConsoleRun.WithStandIn("run", sweep.File, "--home", sweep.Home, "--json");
        await File.WriteAllTextAsync(sweep.File, (await File.ReadAllTextAsync(sweep.File)).Replace("0.9", "0.8"));

        var run = await ConsoleRun.WithStandIn("run", sweep.File, "--home", sweep.Home, "--json");

        run.ExitCode.ShouldBe(ExitCodes.Done);
        run.Error.ShouldContain("are named small too");
        (await ConsoleRun.Of("list", "--home", sweep.Home, "--json")).Document["experiments"]!.AsArray().Count.ShouldBe(2);
        (await ConsoleRun.Of("show", "small", "--home", sweep.Home)).Error.ShouldContain("2 experiments are named 'small'");
    }

    [Fact]
    public async Task An_extended_sweep_computes_only_what_is_new_and_stays_one_experiment()
    {
        var first = await ConsoleRun.WithStandIn("run", sweep.File, "--home", sweep.Home, "--json");
        await File.WriteAllTextAsync(sweep.File, (await File.ReadAllTextAsync(sweep.File)).Replace("0.9]", "0.9, 0.7]"));

        var run = await ConsoleRun.WithStandIn("extend", "small", sweep.File, "--home", sweep.Home, "--json");

        run.ExitCode.ShouldBe(ExitCodes.Done);
        run.Document["experiment"]!.GetValue<string>().ShouldBe(first.Document["experiment"]!.GetValue<string>());
        run.Document["trials"]!.ToJsonString().ShouldBe("""{"total":8,"succeeded":8,"failed":0}""");
        run.Document["stages"]!["reused"]!.GetValue<int>().ShouldBeGreaterThan(run.Document["stages"]!["computed"]!.GetValue<int>());
        (await ConsoleRun.Of("list", "--home", sweep.Home, "--json")).Document["experiments"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_sweep_that_does_not_widen_another_is_refused_with_reasons()
    {
        await ConsoleRun.WithStandIn("run", sweep.File, "--home", sweep.Home, "--json");
        await File.WriteAllTextAsync(sweep.File, (await File.ReadAllTextAsync(sweep.File)).Replace(", 0.9]", "]"));

        var run = await ConsoleRun.WithStandIn("extend", "small", sweep.File, "--home", sweep.Home);

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldContain("prune.ratio lacks 0.9");
    }

    [Fact]
    public async Task Watching_what_is_done_shows_its_end()
    {
        await ConsoleRun.WithStandIn("run", sweep.File, "--home", sweep.Home, "--json");

        var watched = await ConsoleRun.Of("watch", "--home", sweep.Home, "--json");

        watched.ExitCode.ShouldBe(ExitCodes.Done);
        watched.Document["status"]!.GetValue<string>().ShouldBe("done");
        watched.Document["stages"].ShouldBeNull();
        watched.Document["frontier"]!.AsArray().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task There_is_nothing_to_resume_when_all_is_done()
    {
        await ConsoleRun.WithStandIn("run", sweep.File, "--home", sweep.Home, "--json");

        var run = await ConsoleRun.WithStandIn("resume", "--home", sweep.Home);

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldContain("is done");
    }
}
