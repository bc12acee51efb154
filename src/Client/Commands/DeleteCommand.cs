using System.CommandLine;
using Grid.Client.Drawing;
using Grid.Client.Json;
using Grid.Client.Reading;
using Grid.Experiments.Retention;
using Grid.Experiments.Store;
using Spectre.Console;

namespace Grid.Client.Commands;

/// <summary>grid delete</summary>
internal static class DeleteCommand
{
    public static GridCommand Create()
    {
        var id = Arguments.Experiment();
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var dryRun = DryRun();
        return new GridCommand(
            "delete", "Delete a sweep that does not run: its trials, and the stages and models that no other sweep needs.",
            call => Act(call, call.Value(id), call.Value(yes), call.Value(dryRun)),
            "delete fashion-9ee4e3ce --dry-run", "delete fashion-9ee4e3ce --yes")
        {
            id, yes, dryRun,
        };
    }

    public static Option<bool> DryRun() => new("--dry-run") { Description = "Say what would go, and change nothing." };

    private static async Task<Answer> Act(Invocation call, string asked, bool yes, bool dryRun)
    {
        await using var home = dryRun ? Place.ToRead(call) : Place.ToWrite(call);
        var row = await home.Find(asked);
        if (row.Status == ExperimentStatus.Running)
            throw new UserException($"{row.Id} runs. End it first with: grid cancel {row.Id}{call.PlaceOption}");
        using var quiet = dryRun ? null : home.KeepQuiet();
        var age = quiet is not null || (dryRun && home.IsQuiet) ? TimeSpan.Zero : Garbage.UsualAge;
        var removal = await Removal.Plan(home.Store, home.Artifacts, row, age);
        if (dryRun)
            return Answer(removal, deleted: false, $"Would delete {Text(removal)}.", age);
        if (!yes && !Confirm(call, $"Delete {Text(removal)}?"))
            return Answer(removal, deleted: false, "Nothing was deleted.", age);
        // Whatever a killed process left in its row: nobody runs it.
        if (quiet is not null)
            await home.Store.SetStatus(row.Id, row.Status, row.FinishedAt);
        await removal.CarryOut(home.Store, home.Artifacts, age);
        var folder = home.Folder.ExperimentFolder(row.Id);
        var left = Directory.Exists(folder) ? $" Its report and the models that were copied stay in {folder}." : "";
        return Answer(removal, deleted: true, $"Deleted {Text(removal)}.{left}", age);
    }

    private static bool Confirm(Invocation call, string question) => call.Live && !Console.IsInputRedirected
        ? call.Output.Confirm(Markup.Escape(question), defaultValue: false)
        : throw new UserException($"{question} There is nobody to ask: say --yes, or --dry-run to only look.");

    private static string Text(Removal removal) =>
        $"{removal.Experiment.Id}: {Counted.Of(removal.Trials, "trial")}, {Counted.Of(removal.Stages.Count, "stage")} and {Counted.Of(removal.Artifacts.Count, "model")} "
        + $"({Units.Text(removal.Artifacts.Sum(a => a.Bytes), "By")}) that no other sweep needs";

    private static Answer Answer(Removal removal, bool deleted, string text, TimeSpan age) => new(
        new DeleteDocument(removal.Experiment.Id, deleted, removal.Trials, removal.Stages.Count, removal.Artifacts.Count, removal.Artifacts.Sum(a => a.Bytes)),
        console =>
        {
            Prose.Write(console, text);
            if (age > TimeSpan.Zero)
                Prose.Write(console, $"Models younger than {Units.Duration(age)} stay, as something may be about to refer to them; grid gc takes them later.");
        });
}
