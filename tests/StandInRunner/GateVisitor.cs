using System.Diagnostics;
using Grid.Experiments.Measurement.Machine;

namespace Grid.StandInRunner;

/// <summary>Another process at the gate of the machine, to be killed at any moment.</summary>
internal static class GateVisitor
{
    /// <summary>
    /// Enters and stays until its input ends. Prints "waiting" if it has to, then "in" and "out", each with a time that all processes
    /// of the machine share.
    /// </summary>
    public static int Enter(string folder, bool alone)
    {
        using (new MachineGate(folder).Enter(alone, () => Say("waiting")))
        {
            Say("in");
            Console.In.ReadToEnd();
            Say("out");
        }
        return 0;
    }

    private static void Say(string what) => Console.Out.WriteLine($"{what} {Stopwatch.GetTimestamp()}");
}
