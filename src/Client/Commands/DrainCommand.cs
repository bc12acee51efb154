using System.CommandLine;
using Grid.Client.Clusters;
using Grid.Client.Json;

namespace Grid.Client.Commands;

/// <summary>grid drain</summary>
internal static class DrainCommand
{
    public static GridCommand Create()
    {
        var silo = new Argument<string>("SILO") { Description = "Its name, as grid silos shows it." };
        var undo = new Option<bool>("--undo") { Description = "Let it take work again." };
        return new GridCommand(
            "drain", "Ask a silo of a cluster to end what it runs and to begin nothing more, so that it can be stopped without loss.",
            call => Act(call, call.Value(silo), call.Value(undo)), "drain worker-3 --cluster prod", "drain worker-3 --undo --cluster prod")
        {
            silo, undo,
        };
    }

    private static async Task<Answer> Act(Invocation call, string silo, bool undo)
    {
        await using var session = await ClusterSession.Connect(call);
        if (!await session.Client.Cluster.Drain(silo, !undo))
        {
            var names = (await session.Client.Cluster.Silos()).Select(s => s.Report.Name).ToList();
            throw new UserException($"There is no silo '{silo}' in {session.Place.Name}. There {(names.Count == 0 ? "is none" : $"are: {string.Join(", ", names)}")}.");
        }
        return new Answer(
            new DrainDocument(silo, !undo),
            console => console.Profile.Out.Writer.WriteLine(undo
                ? $"{silo} takes work again."
                : $"{silo} begins nothing more. See what it still runs with: grid silos{call.PlaceOption}"));
    }
}
