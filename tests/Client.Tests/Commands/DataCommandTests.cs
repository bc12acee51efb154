namespace Grid.Client.Tests.Commands;

public sealed class DataCommandTests
{
    [Fact]
    public async Task Generated_data_is_called_generated()
    {
        var run = await ConsoleRun.Of("data", "generated-digits", "--json");

        run.ExitCode.ShouldBe(ExitCodes.Done);
        run.Document["datasets"]!.AsArray().Single()!["generated"]!.GetValue<bool>().ShouldBeTrue();
        (await ConsoleRun.Of("data", "generated-digits")).Output.ShouldContain("generated, needs no files");
    }

    [Fact]
    public async Task An_unknown_name_lists_those_there_are()
    {
        var run = await ConsoleRun.Of("data", "minst", "--json");

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Messages.Single().ShouldContain("fashion-mnist");
    }

    [Fact]
    public async Task Download_needs_a_name() => (await ConsoleRun.Of("data", "--download")).ExitCode.ShouldBe(ExitCodes.BadInput);
}
