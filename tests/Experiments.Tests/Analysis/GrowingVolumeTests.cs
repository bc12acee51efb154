using Grid.Experiments.Frontier;
using Grid.Experiments.Randomness;

namespace Grid.Experiments.Tests.Analysis;

public sealed class GrowingVolumeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void After_every_point_it_is_the_volume_of_all_points_so_far(int objectives)
    {
        var random = new RandomStream(3);
        var reference = Enumerable.Repeat(1.0, objectives).ToArray();
        var growing = new GrowingVolume(reference);
        var points = new List<double[]>();

        for (var i = 0; i < 60; i++)
        {
            // Some lie beyond the reference and add nothing.
            points.Add([.. Enumerable.Range(0, objectives).Select(_ => random.NextDouble() * 1.2)]);
            var before = growing.Volume;
            growing.Add(points[^1]).ShouldBe(growing.Volume > before);
            growing.Volume.ShouldBe(Hypervolume.Of(points, reference), 1e-12);
        }
    }

    [Fact]
    public void The_same_point_again_adds_nothing()
    {
        var growing = new GrowingVolume([1, 1]);

        growing.Add([0.5, 0.5]).ShouldBeTrue();
        growing.Add([0.5, 0.5]).ShouldBeFalse();
        growing.Volume.ShouldBe(0.25);
    }
}
