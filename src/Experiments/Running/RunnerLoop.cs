using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Running;

/// <summary>
/// The life of a runner process: orders from standard input, one after the other, answers on standard output, until the input ends.
/// </summary>
public sealed class RunnerLoop : IRunnerLink
{
    private readonly Stream output = Console.OpenStandardOutput();
    private readonly BlockingCollection<StageOrder> orders = [];
    private readonly Stopwatch watch = new();
    private readonly Lock gate = new();
    private bool busy;
    private bool ended;
    private string key = "";

    private RunnerLoop()
    {
    }

    /// <param name="execute">Carries out an order on the calling thread; an exception becomes a report.</param>
    public static void Run(Func<StageOrder, IRunnerLink, StageResult> execute)
    {
        // Signals from a terminal or a service manager go to the whole process group. The silo decides what they mean; this
        // process ends when its input does.
        using var interrupt = Ignore(PosixSignal.SIGINT);
        using var quit = Ignore(PosixSignal.SIGQUIT);
        using var hangup = Ignore(PosixSignal.SIGHUP);
        using var terminate = Ignore(PosixSignal.SIGTERM);
        // Standard output belongs to the messages.
        Console.SetOut(Console.Error);
        new RunnerLoop().Run(execute, Console.OpenStandardInput());
    }

    public void Waiting() => Send(new WaitingMessage(key));

    public void Started()
    {
        watch.Restart();
        Send(new StartedMessage(key));
    }

    public void Progress(double fraction, string text) => Send(new ProgressMessage(key, fraction, text));

    public void Checkpoint(string path, int epochs) => Send(new CheckpointMessage(key, path, epochs));

    private static PosixSignalRegistration Ignore(PosixSignal signal) => PosixSignalRegistration.Create(signal, context => context.Cancel = true);

    private void Run(Func<StageOrder, IRunnerLink, StageResult> execute, Stream input)
    {
        // A thread of its own: it notices the end of the silo also while native code keeps this one.
        new Thread(() => Listen(input)) { IsBackground = true, Name = "orders" }.Start();
        foreach (var order in orders.GetConsumingEnumerable())
        {
            lock (gate)
            {
                if (ended)
                    return;
                busy = true;
            }
            key = order.Key;
            var report = StageAttempt.Run(watch, () => execute(order, this));
            lock (gate)
                busy = false;
            Send(new ReportMessage(key, report));
        }
    }

    private void Listen(Stream input)
    {
        try
        {
            var reader = new RecordReader(input, _ => { });
            while (reader.Read().AsTask().GetAwaiter().GetResult() is { } message)
                if (message is OrderMessage { Order: var order })
                    orders.Add(order);
        }
        catch (Exception e) when (e is RunnerProtocolException or IOException)
        {
            Console.Error.WriteLine($"The orders cannot be read: {e.Message}");
        }

        lock (gate)
        {
            ended = true;
            // Nobody waits for the result any more, and only this sure way ends native code.
            if (busy)
                Process.GetCurrentProcess().Kill();
            orders.CompleteAdding();
        }
    }

    private void Send(RunnerMessage message)
    {
        var record = RunnerProtocol.Frame(message);
        lock (output)
        {
            output.Write(record);
            output.Flush();
        }
    }
}
