using Grid.Client.Failures;
using Grid.Experiments.Telemetry;
using Spectre.Console;

namespace Grid.Client.Drawing;

/// <summary>Why a trial has no result, for people: what happened, when and where, and what to do.</summary>
internal static class FailureView
{
    private const int MostOutput = 12;

    /// <param name="silos">Whether it is worth saying on which silo: on a machine by itself there is but one.</param>
    public static void Draw(IAnsiConsole console, StageFailure failure, bool silos)
    {
        var kind = Words.Of(failure.Stage.Spec.Kind);
        Prose.Write(
            console, $"{(failure.IsFinal ? $"Its {kind} stage failed" : $"Its {kind} stage is not done")}: {failure.Happened}", new Style(Color.Red));
        foreach (var attempt in failure.Attempts)
            Prose.Write(console, "  " + Line(attempt, failure.Happened, silos));
        if (failure.Attempts.Count == 0)
            Prose.Write(console, "  Its attempts were told to another sweep, or to an older Grid.");
        Output(console, failure.Output);
        console.WriteLine();
        Prose.Write(console, failure.Advice.Text);
        Prose.Write(console, failure.Advice.Again ? "Then try it again:" : "When that is changed, try it again:");
        // Raw: a line to copy must not be folded.
        console.Profile.Out.Writer.WriteLine($"  {failure.Advice.Next}");
    }

    /// <param name="happened">What is told already.</param>
    private static string Line(FailedAttempt attempt, string happened, bool silos)
    {
        var number = attempt.Number is { } known ? $"attempt {known}" : "an attempt";
        var where = silos && attempt.Silo is { } silo ? $" on {silo}" : "";
        var how = attempt.Outcome is { } outcome ? $", {Words.Of(outcome)}" : "";
        var what = StageFailure.WithoutOutput(attempt.Error);
        return $"{number}{where} at {attempt.At.LocalDateTime:yyyy-MM-dd HH:mm:ss}{how}{(happened.EndsWith(what, StringComparison.Ordinal) ? "" : $": {what}")}";
    }

    private static void Output(IAnsiConsole console, string output)
    {
        var lines = output.Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0).ToList();
        if (lines.Count == 0)
            return;
        Prose.Write(console, lines.Count > MostOutput ? $"Its last output, of which the end (all of it with --json):" : "Its last output:");
        foreach (var line in lines.TakeLast(MostOutput))
            console.Write(new OneLine($"  | {line}"));
    }
}
