using System.CommandLine;
using Grid.Client.Drawing;
using Grid.Client.Models;
using Grid.Client.Reading;
using Grid.Experiments.Frontier;
using Grid.Experiments.Results;
using Grid.Experiments.Store;

namespace Grid.Client.Commands;

/// <summary>grid export</summary>
internal static class ExportCommand
{
    public static GridCommand Create()
    {
        var id = Arguments.Experiment();
        var trial = new Option<int[]>("--trial") { Description = "The model of this trial instead of those of the frontier; may be given several times.", HelpName = "N", Validators = { Arguments.MustBeTrials } };
        var all = new Option<bool>("--all") { Description = "The models of every trial that succeeded." };
        var output = new Option<string>("--output") { Description = "Folder to write the models and manifest.json to.", HelpName = "DIR", Required = true, Validators = { Arguments.MustBePathOf("folder") } };
        var device = Arguments.Device();
        var packed = new Option<bool>("--packed") { Description = "Write the models packed with Brotli; grid unpack gives back the identical file." };
        var command = new GridCommand(
            "export", "Copy the models of the frontier, or of the trials you name, into a folder with a list of what they are.",
            call => Act(call, call.Value(id), call.Value(device), call.Value(trial), call.Value(all), call.Value(output), call.Value(packed)),
            "export latest --output ./models", "export latest --trial 7 --output ./model", "export latest --all --packed --output ./models")
        {
            id, trial, all, device, output, packed,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(all) && result.GetResult(trial) is not null)
                result.AddError("Give either --trial or --all.");
        });
        return command;
    }

    private static async Task<Answer> Act(Invocation call, string asked, string? device, int[]? trials, bool all, string folder, bool packed)
    {
        await using var home = Place.ToRead(call);
        var (row, results) = await home.Read(asked, device, notes: true);
        var points = trials is { Length: > 0 } ? [.. trials.Distinct().Select(n => Find(results, row, n))]
            : all ? results.Measured
            : Outcome.Of(row, results).Frontier;
        if (points.Count == 0)
            throw new UserException(Outcome.Of(row, results).WhyEmpty([], call.PlaceOption), ExitCodes.NothingUsable);
        var manifest = await ModelFolder.Write(home.Artifacts, row, results.Device, points, Path.GetFullPath(folder), packed, call.Interrupted);
        return new Answer(manifest, console =>
        {
            Prose.Write(console, $"{Counted.Of(points.Count, "model")} and {ModelFolder.ManifestName} are in");
            console.Profile.Out.Writer.WriteLine(manifest.Folder);
        });
    }

    private static Point Find(ExperimentResults results, ExperimentRow row, int number) =>
        results.Points.FirstOrDefault(p => p.Trial == number) ?? results.Measured.FirstOrDefault(p => p.Trial == number)
        ?? throw (results.Trials.FirstOrDefault(t => t.Number == number) is { } trial
            ? new UserException($"Trial {number} of {row.Id} has no model: it {(trial.Error is { } error ? $"failed: {error}" : "is not done yet")}.")
            : MissingTrial.Of(row, results, number));
}
