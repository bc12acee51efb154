using System.CommandLine;
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
        return new GridCommand(
            "run", "Run a sweep and show it as it goes. What the home folder already holds is not computed again; Ctrl-C stops, and running again goes on.",
            call => Act(call, call.Value(file), call.Value(retry)),
            "run examples/quickstart.yaml", "run examples/fashion-mnist.yaml --slots 4", "run examples/quickstart.yaml --json")
        {
            file, retry,
        };
    }

    public static Option<bool> RetryFailed() => new("--retry-failed") { Description = "Compute again what failed before." };

    private static async Task<Answer> Act(Invocation call, string file, bool retryFailed)
    {
        SweepReading reading = SweepInput.Read(file);
        await GridSession.Fetch(call, reading.Sweep!);
        await using var session = await GridSession.Start(call);
        return await SweepRun.Run(call, session, await session.Add(reading), retryFailed);
    }
}
