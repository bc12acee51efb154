using System.CommandLine;
using Grid.Client.Clusters;
using Grid.Client.Reading;
using Grid.Client.Running;
using Grid.Experiments.Sweeps.Files;

namespace Grid.Client.Commands;

/// <summary>grid run</summary>
internal static class RunCommand
{
    public static GridCommand Create()
    {
        var file = Arguments.SweepFile();
        var retry = RetryFailed();
        var detach = new DetachOption { Description = "On a cluster: submit the sweep and leave; grid watch follows it." };
        var share = new ShareOptions();
        var command = new GridCommand(
            "run", "Run a sweep and show it as it goes. What the home folder already holds is not computed again; Ctrl-C stops, and running again goes on. A budget in the "
            + "file ends it by whatever runs out first: energy, time or trials.",
            call => Act(call, call.Value(file), share, call.Value(retry), detach.In(call)),
            "run examples/quickstart.yaml", "run examples/fashion-mnist.yaml --slots 4", "run examples/quickstart.yaml --json",
            "run examples/quickstart.yaml --cluster prod --detach", "run examples/fashion-mnist.yaml --cluster prod --priority 5 --most-slots 4")
        {
            file, retry, detach,
        };
        share.AddTo(command);
        PageOptions.AddTo(command);
        return command;
    }

    public static Option<bool> RetryFailed() => new("--retry-failed") { Description = "Compute again what failed before." };

    private static async Task<Answer> Act(Invocation call, string file, ShareOptions share, bool retryFailed, bool detach)
    {
        SweepReading reading = SweepInput.Read(file);
        if (call.Cluster is not null)
            return await ClusterRun.Run(call, reading, share, retryFailed, detach);
        GridSession.MustServe(reading.Sweep!);
        MachineEnergy.MustCount(call, reading.Sweep!);
        await GridSession.Fetch(call, reading.Sweep!);
        await using var session = await GridSession.Start(call);
        return await SweepRun.Run(call, session.Grid, session.Home, await session.Add(reading, share), retryFailed, ours: true);
    }
}
