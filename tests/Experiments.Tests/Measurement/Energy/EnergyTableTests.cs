using Grid.Experiments.Measurement.Energy;

namespace Grid.Experiments.Tests.Measurement.Energy;

public sealed class EnergyTableTests
{
    [Theory]
    [InlineData(1, 1.25)]
    [InlineData(8 * 1024, 1.25)]
    [InlineData((8 * 1024) + 1, 2.5)]
    [InlineData(32 * 1024, 2.5)]
    [InlineData(1024 * 1024, 12.5)]
    [InlineData((1024 * 1024) + 1, 160)]
    public void A_buffer_lies_in_the_smallest_memory_that_holds_it(long bytes, double picoJoules) =>
        EnergyTable.BufferByte(bytes).ShouldBe(picoJoules * 1e-12, 1e-20);
}
