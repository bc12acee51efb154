using Grid.Client.Drawing;
using Grid.Experiments.Store;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Grid.Client.Live;

/// <summary>Draws a <see cref="LiveFrame"/> into a terminal of a given height; what matters least is left out first.</summary>
internal static class LiveView
{
    private const int MostTroubles = 3;
    private const int MostBest = 8;
    private const int LeastPlot = 10;
    private const int MostPlot = 22;

    private static readonly Style Quiet = new(Color.Grey);

    public static IRenderable Draw(LiveFrame frame, int height)
    {
        var rows = new List<IRenderable> { Header(frame), new ProgressLine(frame.Fraction), Counts(frame) };
        if ((frame.Notice ?? frame.Limit) is { } notice)
            rows.Add(new OneLine(notice, new Style(Color.Yellow)));
        if (frame.Page is { } page)
            rows.Add(new OneLine($"Live: {page}", Quiet));
        var troubles = frame.Troubles.TakeLast(MostTroubles).Select(t => new OneLine(t, new Style(Color.Red))).ToList();
        if (frame.Outcome is { Sweep.Devices.Count: > 1 } shown)
            rows.Add(new OneLine($"On {shown.Device}; also measured on {string.Join(", ", shown.OtherDevices)}", Quiet));
        rows.AddRange(Slots(frame.Slots, Math.Max(1, height - rows.Count - troubles.Count - 1)));
        rows.AddRange(troubles);

        var left = height - rows.Count - 1;
        if (frame.Outcome is { Points.Count: > 0 } outcome)
        {
            var best = outcome.Frontier.Take(Math.Clamp(left - PointTable.LinesOfFrame - LeastPlot, 0, MostBest)).ToList();
            var plotLines = Math.Min(MostPlot, left - (best.Count > 0 ? best.Count + PointTable.LinesOfFrame : 0));
            if (plotLines >= LeastPlot)
                rows.Add(new TerminalPlot(Scatters.ForObjectives(outcome), plotLines));
            if (best.Count > 0)
                rows.Add(new PointTable(outcome, best, fold: false));
        }
        return new RoomForKeys(new Rows(rows));
    }

    private static OneLine Header(LiveFrame frame)
    {
        var what = frame.Stopping ? "stopping" : frame.Status == ExperimentStatus.Running ? "running" : frame.Status.ToString().ToLowerInvariant();
        var left = frame.TimeLeft is { } time && frame.Status == ExperimentStatus.Running ? $", about {Units.Duration(time)} left" : "";
        return new OneLine($"{frame.Id}  {what} for {Units.Duration(frame.Elapsed)}{left}", new Style(decoration: Decoration.Bold));
    }

    private static OneLine Counts(LiveFrame frame)
    {
        var total = frame.TrialsTotal is { } all ? $" of {all}" : "";
        var text = $"trials {frame.TrialsSucceeded + frame.TrialsFailed}{total} ({frame.TrialsFailed} failed)";
        if (frame.Stages is { } stages)
            text += $"   stages {stages.Computed} computed, {stages.Reused} reused, {stages.Failed} failed, of {stages.Total}";
        return new OneLine(text);
    }

    private static IEnumerable<OneLine> Slots(IReadOnlyList<SlotLine> slots, int lines) => slots.Count <= lines
        ? slots.Select(Slot)
        : slots.Take(lines - 1).Select(Slot).Append(new OneLine($"  and {slots.Count - lines + 1} more slots", Quiet));

    private static OneLine Slot(SlotLine slot) =>
        new($"  {slot.Stage,-8} {slot.Fraction * 100,3:0} %  {Units.Duration(slot.Since),6}  {slot.Text}  {slot.Settings}", Quiet);
}
