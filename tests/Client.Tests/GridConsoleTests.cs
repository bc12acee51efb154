using Grid.Client.Commands;
using Grid.Client.Tests.Running;
using Grid.Tests;

namespace Grid.Client.Tests;

public sealed class GridConsoleTests
{
    [Fact]
    public async Task Without_a_command_it_shows_its_help()
    {
        var run = await ConsoleRun.Of();

        run.ExitCode.ShouldBe(ExitCodes.Done);
        foreach (var command in CommandList.Create())
            run.Output.ShouldContain($"  {command.Name} ");
    }

    [Fact]
    public async Task Every_command_explains_itself_with_examples_that_parse()
    {
        foreach (var command in CommandList.Create().Cast<GridCommand>())
        {
            var run = await ConsoleRun.Of(command.Name, "--help");

            run.ExitCode.ShouldBe(ExitCodes.Done);
            run.Output.ShouldContain(command.Description!);
            command.Examples.ShouldNotBeEmpty(command.Name);
            foreach (var example in command.Examples)
            {
                run.Output.ShouldContain($"  grid {example}");
                example.ShouldStartWith(command.Name);
                GridConsole.Root().Parse(example).Errors.ShouldBeEmpty(example);
            }
        }
    }

    [Theory]
    [InlineData("grid has no command 'frontir'. Did you mean grid frontier?", "frontir", "latest", "--max-latency", "50us")]
    [InlineData("grid has no command 'xyz'.", "xyz")]
    [InlineData("grid certs has no command 'isue'. Did you mean grid certs issue?", "certs", "isue", "silo-1")]
    [InlineData("grid has no command 'help'. Did you mean grid --help?", "help")]
    [InlineData("grid has no command 'sweep.yaml'. Did you mean grid run sweep.yaml?", "sweep.yaml")]
    [InlineData("grid run has no option --retry-faild. Did you mean --retry-failed?", "run", "sweep.yaml", "--retry-faild")]
    [InlineData("grid run has no option --retry-failt. Did you mean --retry-failed?", "run", "--retry-failt", "sweep.yaml")]
    [InlineData("grid list has no option --hom. Did you mean --home?", "list", "--hom=elsewhere")]
    [InlineData("'b.yaml' is more than grid run takes.", "run", "a.yaml", "b.yaml")]
    [InlineData("Say what to do: grid COMMAND.", "--home", "elsewhere")]
    public async Task A_misspelt_command_line_is_told_with_what_may_be_meant_first(string message, params string[] arguments)
    {
        var run = await ConsoleRun.Of(arguments);

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Output.ShouldBeEmpty();
        run.Error.Split('\n')[0].ShouldBe(message);
        run.Error.TrimEnd().ShouldEndWith("--help");
    }

    [Fact]
    public async Task A_command_that_does_not_come_first_is_told_so() =>
        (await ConsoleRun.Of("latest", "show")).Error.Trim().ShouldBe("The command comes first: grid show latest");

    [Theory]
    [InlineData("FILE is missing: the sweep file (YAML).", "run")]
    [InlineData("ID is missing: the experiment's id", "show")]
    [InlineData("WHAT is missing: two sweeps: ID ID.", "compare")]
    [InlineData("NAME is missing: ", "certs", "issue", "--ca", "a", "--output", "b")]
    [InlineData("--output is missing: folder to write the models", "export", "latest")]
    [InlineData("--device needs a value: --device CLASS", "show", "latest", "--device")]
    [InlineData("--slots needs a value: --slots N", "list", "--slots")]
    public async Task What_is_missing_is_named(string message, params string[] arguments)
    {
        var run = await ConsoleRun.Of(arguments);

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldStartWith(message);
        run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("--page is 'sweep.yaml'; it must be a port from 1 to 65535, or 0 or nothing for any that is free. A file or an experiment stands before it: sweep.yaml --page", "--page", "sweep.yaml")]
    [InlineData("Give either --page or --no-page.", "sweep.yaml", "--page", "0", "--no-page")]
    public async Task A_page_that_cannot_be_is_told(string message, params string[] arguments) =>
        (await ConsoleRun.Of(["run", .. arguments])).Error.Split('\n').ShouldContain(message);

    [Fact]
    public async Task The_version_is_text_or_a_document()
    {
        var text = await ConsoleRun.Of("--version");
        var json = await ConsoleRun.Of("--version", "--json");

        text.Output.Trim().ShouldStartWith("0.");
        json.Document["version"]!.GetValue<string>().ShouldBe(text.Output.Trim());
    }

    [Fact]
    public async Task With_json_a_mistake_is_a_document_with_every_message()
    {
        var run = await ConsoleRun.Of("list", "--slots", "0", "--speed", "9", "--json");

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Document["error"]!["exitCode"]!.GetValue<int>().ShouldBe(ExitCodes.BadInput);
        run.Messages.ShouldContain(m => m.Contains("--slots is '0'"));
        run.Messages.ShouldContain(m => m.Contains("--speed"));
        run.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("show", "latest", "seven")]
    [InlineData("show", "latest", "-1")]
    [InlineData("export", "latest", "--output", "models", "--trial", "seven")]
    public async Task What_is_no_trial_is_refused_in_words_of_people(params string[] arguments)
    {
        var run = await ConsoleRun.Of(arguments);

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldContain($"'{arguments[^1]}' is no trial");
        run.Error.ShouldNotContain("System.");
    }

    [Fact]
    public async Task A_home_without_a_store_is_said_and_not_created()
    {
        var home = Path.Combine(Path.GetTempPath(), $"grid-none-{Guid.NewGuid():N}");

        var run = await ConsoleRun.Of("show", "latest", "--home", home);

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldContain(home);
        Directory.Exists(home).ShouldBeFalse();
    }

    [Theory]
    [InlineData("list")]
    [InlineData("show", "latest")]
    [InlineData("plan", "{sweep}")]
    [InlineData("run", "{sweep}")]
    public async Task A_home_that_is_a_file_is_told_as_such(params string[] arguments)
    {
        using var sweep = new SweepFolder();

        foreach (var home in new[] { sweep.File, Path.Combine(sweep.File, "below") })
        {
            var run = await ConsoleRun.WithStandIn([.. arguments.Select(a => a.Replace("{sweep}", sweep.File)), "--home", home]);

            run.ExitCode.ShouldBe(ExitCodes.BadInput);
            run.Error.Trim().ShouldBe($"The home folder {home} cannot be there: {sweep.File} is a file. Name a folder with --home.");
        }
    }

    [Fact]
    public async Task A_home_that_cannot_be_looked_into_is_no_home_without_experiments()
    {
        using var folder = new TemporaryFolder();
        // Longer than a file system takes, which is refused to the root user as well.
        var home = folder.File(new string('x', 300));

        var run = await ConsoleRun.Of("list", "--home", home);

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldStartWith($"The home folder {home} cannot be read: ");
    }

    [Fact]
    public async Task An_empty_home_is_bad_input()
    {
        var run = await ConsoleRun.Of("list", "--home", "", "--json");

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Messages[0].ShouldBe("--home is empty; it must be the path of a folder.");
    }

    [Theory]
    [InlineData("--output", "folder", "export", "latest", "--output", "")]
    [InlineData("--output", "file", "pick", "latest", "--output", "")]
    [InlineData("--output", "file", "report", "latest", "--output", "")]
    [InlineData("--output", "file", "unpack", "model.onnx.pack", "--output", " ")]
    [InlineData("FILE", "file", "unpack", "")]
    [InlineData("FILE", "file", "run", "")]
    [InlineData("--output", "folder", "certs", "ca", "--output", "")]
    [InlineData("--ca", "folder", "certs", "issue", "silo-1", "--output", "certs", "--ca", "")]
    public async Task An_empty_path_is_bad_input(string named, string what, params string[] arguments)
    {
        var run = await ConsoleRun.Of(arguments);

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldContain($"{named} is empty; it must be the path of a {what}.");
    }
}
