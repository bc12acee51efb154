using Grid.Client.Reading;
using Grid.Experiments.Frontier;

namespace Grid.Client.Drawing;

/// <summary>What a frontier does not show by itself: points that measurement cannot tell apart, and points that take no part.</summary>
internal static class FrontierRemarks
{
    private const int MostReasons = 3;

    public static IEnumerable<string> Of(Outcome outcome)
    {
        if (Inseparable(outcome) is { Count: > 0 } alike)
            yield return $"Not to be told apart, because the intervals of their numbers overlap: {string.Join("; ", alike)}.";
        if (outcome.Rejected.Count > 0)
            yield return $"Left out: {string.Join("; ", outcome.Rejected.Take(MostReasons).Select(r => $"trial {r.Point.Trial}, because {r.Reason}"))}"
                + (outcome.Rejected.Count > MostReasons ? $"; and {outcome.Rejected.Count - MostReasons} more." : ".");
    }

    /// <summary>For each point of the frontier the later ones that it cannot be told apart from.</summary>
    private static List<string> Inseparable(Outcome outcome)
    {
        var pairs = new List<string>();
        for (var i = 0; i < outcome.Frontier.Count; i++)
        {
            var point = outcome.Frontier[i];
            var alike = outcome.Frontier.Skip(i + 1).Where(other => !Separability.AreSeparable(point, other, outcome.Sweep.Objectives)).ToList();
            if (alike.Count > 0)
                pairs.Add($"{Trials([point])} and {Trials(alike)}");
        }
        return pairs;
    }

    private static string Trials(IEnumerable<Point> points) => string.Join(", ", points.Select(p => $"trial {p.Trial}"));
}
