using Grid.Client.Doctor;
using Grid.Client.Json;
using Grid.Experiments.Datasets;
using Spectre.Console;

namespace Grid.Client.Commands;

/// <summary>grid doctor</summary>
internal static class DoctorCommand
{
    public static GridCommand Create() => new(
        "doctor", "Check that this machine has what sweeps need, and say what to change.", Act, "doctor", "doctor --home ./other --json");

    private static async Task<Answer> Act(Invocation call)
    {
        var data = DatasetStore.FromEnvironment();
        List<Check> checks =
        [
            await RunnerCheck.Run(call.FindRunner, call.Interrupted),
            await HomeCheck.Of(call.Home),
            MachineChecks.Processors(),
            MachineChecks.Memory(MachineChecks.AvailableMemory(), call.Slots),
            MachineChecks.Disk(MachineChecks.FreeDisk(call.Home), call.Home),
            .. DatasetCatalog.All.Select(d => DataChecks.Of(d, data)),
        ];
        var usable = checks.All(c => c.Status != CheckStatus.Problem);
        return new Answer(new DoctorDocument(usable, checks), console => Draw(console, checks), usable ? ExitCodes.Done : ExitCodes.BadInput);
    }

    private static void Draw(IAnsiConsole console, List<Check> checks)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("check", "", "found");
        foreach (var check in checks)
            table.AddRow(new Text(check.Name), new Text(check.Status.ToString().ToLowerInvariant(), StyleOf(check.Status)), new Text(check.Found));
        console.Write(table);
        foreach (var check in checks.Where(c => c.Advice is not null))
            Drawing.Prose.Write(console, $"{check.Name}: {check.Advice}", StyleOf(check.Status));
    }

    private static Style StyleOf(CheckStatus status) => new(status switch
    {
        CheckStatus.Ok => Color.Green,
        CheckStatus.Warning => Color.Yellow,
        _ => Color.Red,
    });
}
