using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;

namespace Grid.Experiments.Tests.Frontier;

/// <summary>Points as trials report them, in few words.</summary>
internal static class Points
{
    public static readonly Objective MostAccurate = new(MetricCatalog.Accuracy, Direction.Maximize);
    public static readonly Objective Fastest = new(MetricCatalog.LatencyP50, Direction.Minimize);
    public static readonly Objective Thriftiest = new(MetricCatalog.Energy, Direction.Minimize);

    public static Point Of(int trial, double? accuracy, double? latency, long seed = 1, string config = "") => new(
        trial,
        config.Length == 0 ? new([new("trial", $"{trial}")]) : new([new("name", config)]),
        seed,
        new Dictionary<string, Metric>
        {
            [MetricCatalog.Accuracy] = accuracy is { } a ? Metric.Exact(a, "1") : Metric.Unavailable("1"),
            [MetricCatalog.LatencyP50] = latency is { } l ? Metric.Exact(l, "s") : Metric.Unavailable("s"),
        },
        $"sha-{trial}");

    public static Point With(this Point point, string name, Metric metric) =>
        point with { Metrics = new Dictionary<string, Metric>(point.Metrics) { [name] = metric } };

    public static Dictionary<long, Point> References(params Point[] references) => references.ToDictionary(point => point.Seed);

    public static int[] Trials(this IEnumerable<Point> points) => [.. points.Select(point => point.Trial)];
}
