using CsCheck;

namespace Grid.Experiments.Tests.Frontier;

/// <summary>Random sets of points and the slow, obvious answers about them.</summary>
internal static class FrontierGenerators
{
    /// <summary>Whole coordinates from 0 to 6, so that ties and duplicates are common and volumes exact.</summary>
    public static Gen<double[][]> Grid(int dimensions, int most) =>
        Gen.Int[0, 6].Select(coordinate => (double)coordinate).Array[dimensions].Array[0, most];

    /// <summary>
    /// Close to a plane on which no point dominates another, so that fronts grow to hundreds of points, which come and go.
    /// </summary>
    public static Gen<double[][]> NearPlane(int dimensions, int most) => Gen.Select(
        Gen.Int[0, 30].Select(coordinate => (double)coordinate).Array[dimensions - 1], Gen.Int[0, 3],
        (free, above) => (double[])[.. free, above - free.Sum()]).Array[0, most];

    /// <summary>Of one to five dimensions.</summary>
    public static Gen<double[][]> AnyGrid(int most) => Gen.Int[1, 5].SelectMany(dimensions => Grid(dimensions, most));

    public static bool Dominates(double[] a, double[] b) =>
        a.Zip(b).All(pair => pair.First <= pair.Second) && a.Zip(b).Any(pair => pair.First < pair.Second);

    public static int[] NonDominated(double[][] points) =>
        [.. Enumerable.Range(0, points.Length).Where(i => !points.Any(other => Dominates(other, points[i])))];

    /// <summary>The unit cells below the reference (the same in each dimension) that some point covers: the volume, counted.</summary>
    public static int CoveredCells(double[][] points, int reference, int dimensions)
    {
        var covered = 0;
        var cells = (int)Math.Pow(reference, dimensions);
        for (var cell = 0; cell < cells; cell++)
        {
            var corner = new int[dimensions];
            for (int d = 0, rest = cell; d < dimensions; d++, rest /= reference)
                corner[d] = rest % reference;
            if (points.Any(point => point.Zip(corner).All(pair => pair.First <= pair.Second)))
                covered++;
        }
        return covered;
    }
}
