using System.CommandLine;

namespace Grid.Client.Commands;

/// <summary>Every command, in the order of the help.</summary>
internal static class CommandList
{
    public static IReadOnlyList<Command> Create() =>
    [
        RunCommand.Create(),
        ResumeCommand.Create(),
        ExtendCommand.Create(),
        WatchCommand.Create(),
        PlanCommand.Create(),
        ValidateCommand.Create(),
        ListCommand.Create(),
        ShowCommand.Create(),
        SetCommand.Create(),
        PauseCommand.Create(),
        CancelCommand.Create(),
        DeleteCommand.Create(),
        GcCommand.Create(),
        FrontierCommand.Create(),
        CompareCommand.Create(),
        PickCommand.Create(),
        ExportCommand.Create(),
        UnpackCommand.Create(),
        ReportCommand.Create(),
        SilosCommand.Create(),
        DrainCommand.Create(),
        ScaleCommand.Create(),
        DbCommand.Create(),
        DataCommand.Create(),
        CertsCommand.Create(),
        DoctorCommand.Create(),
    ];
}
