using Grid.Client.Json;
using Grid.Client.Reading;
using Grid.Experiments.Store;

namespace Grid.Client.Commands;

/// <summary>grid pause</summary>
internal static class PauseCommand
{
    public static GridCommand Create()
    {
        var id = Arguments.Experiment();
        return new GridCommand(
            "pause", "Let a sweep that another process or a cluster runs begin nothing more; what runs ends and counts. grid resume goes on.",
            call => Act(call, call.Value(id)), "pause latest", "pause fashion-mnist --cluster prod")
        {
            id,
        };
    }

    private static async Task<Answer> Act(Invocation call, string asked)
    {
        await using var home = Place.ToWrite(call);
        var row = await home.Find(asked);
        var running = row.Status == ExperimentStatus.Running;
        if (running)
            await home.Store.RequestPause(row.Id, true);
        return new Answer(
            new PauseDocument(row.Id, row.Status, running),
            console => console.Profile.Out.Writer.WriteLine(running
                ? $"{row.Id} begins nothing more, and is paused when what runs has ended. Go on with: grid resume {row.Id}{call.PlaceOption}"
                : $"{row.Id} does not run: it is {row.Status.ToString().ToLowerInvariant()}."));
    }
}
