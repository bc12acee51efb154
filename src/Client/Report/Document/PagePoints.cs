using Grid.Client.Drawing;
using Grid.Client.Json;
using Grid.Client.Reading;
using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps.Files;

namespace Grid.Client.Report.Document;

/// <summary>The points of the page's document.</summary>
internal static class PagePoints
{
    /// <param name="layers">What layers run as, each different report once: most models have one of a few.</param>
    public static IReadOnlyList<PagePoint> Of(Outcome outcome, out IReadOnlyList<IReadOnlyList<LayerDocument>> layers)
    {
        var frontier = outcome.Frontier.Select(p => p.Trial).ToHashSet();
        var rejected = outcome.Rejected.ToDictionary(r => r.Point.Trial, r => r.Reason);
        var (places, distinct) = (new Dictionary<string, int>(), new List<IReadOnlyList<LayerDocument>>());
        var settings = new ConfigText(outcome.Sweep);
        var points = outcome.Points.Select(point => new PagePoint(
            point.Trial,
            settings.Of(point.Config),
            frontier.Contains(point.Trial) ? PageStanding.Frontier : rejected.ContainsKey(point.Trial) ? PageStanding.LeftOut : PageStanding.Dominated,
            rejected.GetValueOrDefault(point.Trial),
            PointDocument.ConfigOf(point.Config),
            PointDocument.MetricsOf(point.Metrics),
            point.Seeds,
            point.Sha256,
            point.Trace,
            PlaceOf(point.Layers),
            ReportNotes.Of(point),
            OneModelFile.Model(outcome.Sweep, point.Config, point.Seeds))).ToList();
        layers = distinct;
        return points;

        int? PlaceOf(IReadOnlyList<LayerReport> reports)
        {
            if (reports.Count == 0)
                return null;
            var text = string.Join('\n', reports);
            if (!places.TryGetValue(text, out var place))
            {
                place = places[text] = distinct.Count;
                distinct.Add([.. reports.Select(LayerDocument.Of)]);
            }
            return place;
        }
    }
}
