using Grid.Client.Drawing;
using Grid.Client.Json;
using Grid.Client.Reading;

namespace Grid.Client.Commands;

/// <summary>grid set</summary>
internal static class SetCommand
{
    public static GridCommand Create()
    {
        var id = Arguments.Experiment();
        var share = new ShareOptions();
        var command = new GridCommand(
            "set", "Set the priority of a sweep, or how many slots it may have, also while another process or a cluster runs it.",
            call => Act(call, call.Value(id), share), "set latest --priority 5", "set fashion-mnist --most-slots 4 --cluster prod", "set fashion-mnist --most-slots none --cluster prod")
        {
            id,
        };
        share.AddTo(command);
        return command;
    }

    private static async Task<Answer> Act(Invocation call, string asked, ShareOptions options)
    {
        if (!options.AnyIn(call))
            throw new UserException("Say what to set: --priority N, --most-slots N or --most-slots none.");
        await using var home = Place.ToWrite(call);
        var row = await home.Find(asked);
        var share = await options.Set(call, home.Store, row);
        return new Answer(
            new SetDocument(row.Id, row.Status, share.Priority, share.MostSlots),
            console => console.Profile.Out.Writer.WriteLine($"{row.Id}: {ShareText.Of(share)}."));
    }
}
