using Grid.Client.Drawing;
using Grid.Client.Json;
using Grid.Client.Reading;
using Grid.Experiments.Retention;
using Grid.Experiments.Store;

namespace Grid.Client.Commands;

/// <summary>grid gc</summary>
internal static class GcCommand
{
    public static GridCommand Create()
    {
        var dryRun = DeleteCommand.DryRun();
        return new GridCommand(
            "gc", "Delete models that no sweep needs, and files that an interrupted or damaged one left. Safe beside sweeps that run.",
            call => Act(call, call.Value(dryRun)), "gc --dry-run", "gc --cluster prod")
        {
            dryRun,
        };
    }

    private static async Task<Answer> Act(Invocation call, bool dryRun)
    {
        await using var home = Place.ToRead(call);
        var age = home.IsQuiet ? TimeSpan.Zero : Garbage.UsualAge;
        var garbage = await Garbage.Find(home.Store, home.Artifacts, age);
        if (!dryRun)
            garbage = await Collect(home, garbage.Leftovers);
        var bytes = garbage.Artifacts.Sum(a => a.Bytes);
        return new Answer(
            new GcDocument(!dryRun, garbage.Artifacts.Count, bytes, garbage.Leftovers.Files, garbage.Leftovers.Bytes),
            console => Prose.Write(
                console,
                $"{(dryRun ? "Would delete" : "Deleted")} {Counted.Of(garbage.Artifacts.Count, "model")} ({Units.Text(bytes, "By")}) that no sweep needs and "
                + $"{Counted.Of(garbage.Leftovers.Files, "leftover file")} ({Units.Text(garbage.Leftovers.Bytes, "By")})"
                + (age > TimeSpan.Zero ? $"; what is younger than {Units.Duration(age)} stays." : ".")));
    }

    /// <param name="left">As they were before the folder was locked, which removes some of them.</param>
    private static async Task<Garbage> Collect(Place home, Leftovers left)
    {
        using var quiet = home.KeepQuiet();
        var age = quiet is not null ? TimeSpan.Zero : Garbage.UsualAge;
        var garbage = (await Garbage.Find(home.Store, home.Artifacts, age)) with { Leftovers = left };
        await garbage.Collect(home.Artifacts, age);
        return garbage;
    }
}
