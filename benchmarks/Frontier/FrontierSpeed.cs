using System.Diagnostics;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Grid.Experiments.Randomness;

namespace Grid.Benchmarks.Frontier;

/// <summary>
/// How long a frontier of three objectives takes to build point by point, and its volume to compute: for a cloud, of which few points are
/// on the frontier, and for the worst case, a sphere, of which all are.
/// </summary>
internal static class FrontierSpeed
{
    private const int Added = 10_000, Measured = 1_000, Rounds = 21, WarmUps = 10;
    private const double AddLimit = 0.050, VolumeLimit = 0.005;
    private static readonly Direction[] directions = [Direction.Minimize, Direction.Minimize, Direction.Minimize];

    /// <returns>0, or 1 when a median is above its limit.</returns>
    public static int Run()
    {
        Console.WriteLine($"{"3 objectives",-42}{"median",12}{"slowest",12}{"limit",12}{"ratio",8}");
        var kept = true;
        foreach (var (name, shape) in new (string, Func<RandomStream, double[]>)[] { ("cloud", InCube), ("sphere", OnSphere) })
        {
            var (many, fewer) = (Points(shape, Added), Points(shape, Measured));
            kept &= Report($"{Added} points of a {name} into a front", AddLimit, () => FrontOf(many));
            kept &= Report($"volume of {Measured} points of a {name}", VolumeLimit, () => Hypervolume.Of(fewer, 1.0, 1.0, 1.0));
        }

        return kept ? 0 : 1;
    }

    private static double FrontOf(double[][] points)
    {
        var front = new ParetoFront<int>(directions);
        for (var i = 0; i < points.Length; i++)
            front.Add(i, points[i]);
        return front.Items.Count;
    }

    /// <param name="work">Returns a number so that none of it can be left out.</param>
    private static bool Report(string name, double limit, Func<double> work)
    {
        var results = new HashSet<double>();
        var times = new List<double>();
        for (var round = -WarmUps; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            results.Add(work());
            if (round >= 0)
                times.Add(watch.Elapsed.TotalSeconds);
        }

        times.Sort();
        var median = times[Rounds / 2];
        Console.WriteLine($"{name,-42}{median * 1e3,9:0.000} ms{times[^1] * 1e3,9:0.000} ms{limit * 1e3,9:0} ms{median / limit,8:0.00}");
        return median <= limit && results.Count == 1;
    }

    private static double[][] Points(Func<RandomStream, double[]> shape, int count)
    {
        var random = new RandomStream(1);
        return [.. Enumerable.Range(0, count).Select(_ => shape(random))];
    }

    private static double[] InCube(RandomStream random) => [random.NextDouble(), random.NextDouble(), random.NextDouble()];

    /// <summary>On the eighth of the unit sphere around (1, 1, 1) that faces the origin: no point dominates another.</summary>
    private static double[] OnSphere(RandomStream random)
    {
        var point = InCube(random);
        var length = Math.Sqrt(point.Sum(x => x * x));
        return [.. point.Select(x => 1 - (x / length))];
    }
}
