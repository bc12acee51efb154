using System.Diagnostics;
using Grid.Experiments.Running;
using Grid.Experiments.Stages;

namespace Grid.StandInRunner;

/// <summary>A process that owns two runners busy in native code, to be killed: a silo as its runners see it.</summary>
internal static class RunnerOwner
{
    public static async Task<int> Run()
    {
        var runners = new List<Process>();
        for (var i = 0; i < 2; i++)
        {
            // Errors go where this process's own go: whoever reads them there sees the end only when every runner is gone.
            var runner = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, "run")
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
            runners.Add(runner);
            var order = new StageOrder
            {
                Key = "key",
                Kind = StageKind.Train,
                Settings = new StageSettings([new("behave", "hang")]),
                OutputPath = "nowhere",
            };
            runner.StandardInput.BaseStream.Write(RunnerProtocol.Frame(new OrderMessage(order)));
            runner.StandardInput.BaseStream.Flush();
            var messages = new RecordReader(runner.StandardOutput.BaseStream, _ => { });
            while (await messages.Read() is not ProgressMessage)
            {
            }
        }
        Console.Out.WriteLine("hanging");
        await Task.WhenAll(runners.Select(r => r.WaitForExitAsync()));
        return 0;
    }
}
