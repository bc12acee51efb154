using Grid.Client.Doctor;
using Grid.Client.Drawing;
using Grid.Client.Json;
using Grid.Experiments.Datasets;
using Spectre.Console;

namespace Grid.Client.Commands;

/// <summary>grid doctor</summary>
internal static class DoctorCommand
{
    public static GridCommand Create() => new(
        "doctor", "Check that this machine has what sweeps need, and say what to change. With --cluster also that it reaches the cluster.", Act,
        "doctor", "doctor --home ./other --json", "doctor --cluster prod");

    private static async Task<Answer> Act(Invocation call)
    {
        var clock = new ClockCheck(TimeProvider.System);
        var data = DatasetStore.FromEnvironment();
        List<Check> checks =
        [
            await SdkCheck.Run("dotnet", call.Interrupted),
            await RunnerCheck.Run(call.FindRunner, call.Interrupted),
            await HomeCheck.Of(call.Home),
            MachineChecks.Processors(),
            MachineChecks.Memory(MachineChecks.AvailableMemory(), call.Slots),
            MachineChecks.Disk(MachineChecks.FreeDisk(call.Home), call.Home),
            .. MeterChecks.Of(call.Environment.GetValueOrDefault),
            .. DatasetCatalog.All.Select(d => DataChecks.Of(d, data)),
            .. await OtlpChecks.Of(call.Environment, call.Interrupted),
        ];
        checks.AddRange(call.NamesCluster ? await ClusterChecks.Of(call, clock) : [clock.End()]);
        var usable = checks.All(c => c.Status != CheckStatus.Problem);
        return new Answer(new DoctorDocument(usable, checks), console => Draw(console, checks), usable ? ExitCodes.Done : ExitCodes.BadInput);
    }

    private static void Draw(IAnsiConsole console, List<Check> checks)
    {
        console.Write(new CheckTable(checks));
        console.WriteLine();
        foreach (var check in checks.Where(c => c.Advice is not null))
            Prose.Write(console, $"{check.Name}: {check.Advice}", CheckTable.StyleOf(check.Status));
    }
}
