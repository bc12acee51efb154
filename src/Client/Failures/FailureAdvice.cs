using Grid.Client.Drawing;
using Grid.Experiments.Stages;

namespace Grid.Client.Failures;

/// <summary>What to do about a stage that has no result.</summary>
/// <param name="Text">What it means, and what to change.</param>
/// <param name="Again">Whether trying the same again makes sense.</param>
/// <param name="Next">The command that goes on, once that is done.</param>
internal sealed record FailureAdvice(string Text, bool Again, string Next)
{
    /// <param name="limit">Longest time of one attempt.</param>
    /// <param name="place">Options that name the same place on a command line.</param>
    /// <param name="inHome">Whether this machine alone computes, with the slots of its command line.</param>
    public static FailureAdvice Of(FailureCause cause, StageKind kind, TimeSpan limit, string experiment, string place, bool inHome)
    {
        var retry = $"grid resume {experiment} --retry-failed{place}";
        var batch = kind is StageKind.Train or StageKind.FineTune ? "take a smaller batch, " : "";
        return cause switch
        {
            FailureCause.TimeLimit => new(
                $"An attempt may take {Units.Duration(limit)}. Trying again helps only if the machine was busy. Else raise the limit in the sweep file (limits: {{ stage-time: 2h }}) or "
                + "give the stage less to do: fewer epochs, fewer images.",
                Again: false, $"grid run FILE --retry-failed{place}"),
            FailureCause.Memory => new(
                $"It looks like a want of memory: the kernel kills the largest process then. To help it, {batch}"
                + (inHome ? "compute less at once with --slots, or end other programs." : "let the silo have fewer --slots or more memory."),
                Again: true, retry + (inHome ? " --slots 1" : "")),
            FailureCause.Crash => new(
                "Native code ended the runner every time, so the same again will most likely do so too. Its last output says where; grid doctor tells whether the libraries load. If the "
                + "settings are what it does not bear, take them out of the sweep.",
                Again: false, retry),
            FailureCause.DamagedModel => new(
                "A model that it reads was damaged or gone again and again, after it was computed anew each time. Look after the disk or the share that the models lie on.",
                Again: true, retry),
            FailureCause.FullDisk => new("Make room on the volume that the message names. What was finished is kept.", Again: true, $"grid resume {experiment}{place}"),
            _ => new(
                "The same again would fail the same way. Change what the message names in the sweep file and run that; or, if it names something that is mended by now, such as a file, "
                + "try again.",
                Again: false, retry),
        };
    }
}
