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
        var detach = new Option<bool>("--detach") { Description = "On a cluster: submit the sweep and leave; grid watch follows it." };
        return new GridCommand(
            "run", "Run a sweep and show it as it goes. What the home folder already holds is not computed again; Ctrl-C stops, and running again goes on.",
            call => Act(call, call.Value(file), call.Value(retry), call.Value(detach)),
            "run examples/quickstart.yaml", "run examples/fashion-mnist.yaml --slots 4", "run examples/quickstart.yaml --json",
            "run examples/quickstart.yaml --cluster prod --detach")
        {
            file, retry, detach,
        };
    }

    public static Option<bool> RetryFailed() => new("--retry-failed") { Description = "Compute again what failed before." };

    private static async Task<Answer> Act(Invocation call, string file, bool retryFailed, bool detach)
    {
        SweepReading reading = SweepInput.Read(file);
        if (call.Cluster is not null)
            return await ClusterRun.Run(call, reading, retryFailed, detach);
        if (detach)
            throw new UserException("--detach needs a cluster to leave the sweep to: name one with --cluster NAME.");
        GridSession.MustServe(reading.Sweep!);
        await GridSession.Fetch(call, reading.Sweep!);
        await using var session = await GridSession.Start(call);
        return await SweepRun.Run(call, session.Grid, session.Home, await session.Add(reading), retryFailed, ours: true);
    }
}
