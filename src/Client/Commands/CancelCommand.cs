using Grid.Client.Json;
using Grid.Client.Reading;
using Grid.Experiments.Store;

namespace Grid.Client.Commands;

/// <summary>grid cancel</summary>
internal static class CancelCommand
{
    public static GridCommand Create()
    {
        var id = Arguments.Experiment();
        return new GridCommand("cancel", "End a sweep that another process runs; what is finished is kept.", call => Act(call, call.Value(id)), "cancel latest")
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
            await home.Store.RequestCancel(row.Id);
        return new Answer(
            new CancelDocument(row.Id, row.Status, running),
            console => console.Profile.Out.Writer.WriteLine(running
                ? $"{row.Id} is asked to end; whoever runs it does so within seconds."
                : $"{row.Id} does not run: it is {row.Status.ToString().ToLowerInvariant()}."));
    }
}
