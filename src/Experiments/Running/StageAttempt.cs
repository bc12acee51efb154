using System.Diagnostics;
using Grid.Experiments.Datasets;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Running;

/// <summary>Turns whatever becomes of a stage's code into a report.</summary>
public static class StageAttempt
{
    private const int StackLines = 4;

    /// <param name="watch">Restarted here, and by the stage when it begins after a wait.</param>
    /// <param name="stage">Computes the result; whatever it throws is a report too.</param>
    public static StageReport Run(Stopwatch watch, Func<StageResult> stage)
    {
        watch.Restart();
        try
        {
            return new StageReport(StageOutcome.Done, stage(), watch.Elapsed.TotalSeconds);
        }
        catch (DamagedInputException e)
        {
            return new StageReport(StageOutcome.DamagedInput, StageResult.Empty, watch.Elapsed.TotalSeconds, e.Message, e.Sha256);
        }
        catch (Exception e) when (DiskFull.IsCauseOf(e))
        {
            return new StageReport(
                StageOutcome.NoSpace, StageResult.Empty, watch.Elapsed.TotalSeconds,
                $"The disk is full: {e.Message} Make room, then resume; what was finished is kept.");
        }
        catch (Exception e)
        {
            return new StageReport(StageOutcome.Failed, StageResult.Empty, watch.Elapsed.TotalSeconds, Describe(e));
        }
    }

    /// <summary>The message alone where it was written for the user; with type and place where it was not.</summary>
    private static string Describe(Exception e) => e is StageException or StageSettingsException or DatasetException or OnnxException
        ? e.Message
        : string.Join('\n', [.. Causes(e), .. (e.StackTrace ?? "").Split('\n').Take(StackLines)]);

    private static IEnumerable<string> Causes(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
            yield return $"{e.GetType().Name}: {e.Message}";
    }
}

/// <summary>A model that a stage was to read is missing or is not what its hash says.</summary>
public sealed class DamagedInputException(string message, string sha256) : Exception(message)
{
    public string Sha256 { get; } = sha256;
}
