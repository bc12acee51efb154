using System.Runtime.InteropServices;
using Grid.Experiments.Running;
using Grid.Experiments.Stages;

namespace Grid.StandInRunner;

/// <summary>
/// How a stage misbehaves: told by its setting "behave", or for whole sweeps by the variable STAND_IN_BEHAVE, "kind=behaviour" for
/// every stage of that kind, "all=behaviour" for every stage.
/// </summary>
internal static partial class Behaviour
{
    private const string Libc = "libc";

    /// <summary>Before the stage has begun.</summary>
    public static void Before(StageOrder order, IRunnerLink link)
    {
        if (Of(order) == "wait")
            link.Waiting();
    }

    public static void During(StageOrder order, IRunnerLink link)
    {
        var parts = Of(order).Split(':', 2);
        switch (parts[0])
        {
            case "ok":
                return;
            case "progress":
                link.Progress(0.25, "a quarter");
                link.Progress(0.75, "three quarters");
                return;
            case "checkpoint":
            case "checkpoint-and-hang":
                if (order.CheckpointPath is null)
                    Save(order, link, dies: parts[0] == "checkpoint");
                return;
            case "checkpoint-elsewhere":
                link.Checkpoint(order.OutputPath, 1);
                Hang();
                return;
            case "wait":
                return;
            case "shout":
                link.Progress(0.5, new string('x', int.Parse(parts[1])));
                return;
            case "sleep":
                Thread.Sleep(int.Parse(parts[1]));
                return;
            case "knows":
                link.Progress(1, Environment.GetEnvironmentVariable(parts[1]) ?? "nothing");
                return;
            case "throw":
                throw new InvalidOperationException("thrown on purpose");
            case "refuse":
                throw new StageException("refused on purpose");
            case "chatter":
                WriteRaw("printed by native code\nand a torn line");
                return;
            case "garbage":
                WriteRaw("\u001e{ this is no message\n");
                Hang();
                return;
            case "wrong-key":
                WriteRaw("\u001e{\"message\":\"report\",\"key\":\"another\",\"report\":{\"outcome\":\"done\",\"result\":{\"metrics\":{},\"notes\":[],\"layers\":[]},\"seconds\":1}}\n");
                Hang();
                return;
            case "hang":
                link.Progress(0.5, "hanging");
                Hang();
                return;
            case "exit":
                Console.Error.WriteLine("leaving on purpose");
                Environment.Exit(3);
                return;
            case "crash":
                Console.Error.WriteLine("faulting on purpose");
                _ = memset(1, 0, 1);
                return;
            case "abort":
                Console.Error.WriteLine("terminate called after throwing an instance of 'c10::Error'");
                abort();
                return;
            case "oom-like":
                _ = kill(Environment.ProcessId, 9);
                Hang();
                return;
            default:
                throw new StageException($"The stand-in knows no behaviour '{Of(order)}'.");
        }
    }

    private static string Of(StageOrder order)
    {
        var parts = (Environment.GetEnvironmentVariable("STAND_IN_BEHAVE") ?? "").Split('=', 2);
        return parts.Length == 2 && (parts[0] == "all" || string.Equals(parts[0], order.Kind.ToString(), StringComparison.OrdinalIgnoreCase))
            ? parts[1]
            : order.Settings.Text("behave", "ok");
    }

    /// <summary>Saves two checkpoints, the second of which is what the next attempt finds, and ends in the middle of a third.</summary>
    private static void Save(StageOrder order, IRunnerLink link, bool dies)
    {
        for (var epochs = 1; epochs <= 2; epochs++)
        {
            File.WriteAllText(order.CheckpointTarget(epochs), $"{order.Key} after {epochs}");
            link.Checkpoint(order.CheckpointTarget(epochs), epochs);
        }
        File.WriteAllText(order.CheckpointTarget(3) + ".part", "torn");
        if (dies)
            _ = kill(Environment.ProcessId, 9);
        Hang();
    }

    /// <summary>In native code, where nothing but the end of the process helps.</summary>
    private static void Hang() => _ = sleep(1_000_000);

    private static void WriteRaw(string text)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(System.Text.Encoding.UTF8.GetBytes(text));
        output.Flush();
    }

    [LibraryImport(Libc)]
    private static partial uint sleep(uint seconds);

    [LibraryImport(Libc)]
    private static partial nint memset(nint target, int value, nuint count);

    [LibraryImport(Libc)]
    private static partial int kill(int process, int signal);

    [LibraryImport(Libc)]
    private static partial void abort();
}
