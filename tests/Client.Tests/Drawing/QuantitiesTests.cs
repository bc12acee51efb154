using Grid.Client.Drawing;

namespace Grid.Client.Tests.Drawing;

public sealed class QuantitiesTests
{
    [Theory]
    [InlineData("50us", "s", 50e-6)]
    [InlineData("50 µs", "s", 50e-6)]
    [InlineData("1.5ms", "s", 1.5e-3)]
    [InlineData("0.002", "s", 0.002)]
    [InlineData("1e-3", "s", 0.001)]
    [InlineData("100KB", "By", 100_000)]
    [InlineData("100kb", "By", 100_000)]
    [InlineData("1KiB", "By", 1024)]
    [InlineData("1.5uJ", "J", 1.5e-6)]
    [InlineData("97.5%", "1", 0.975)]
    [InlineData("0.975", "1", 0.975)]
    public void A_quantity_is_read_with_its_unit(string text, string unit, double value) =>
        Quantities.Parse(text, unit)!.Value.ShouldBe(value, Math.Abs(value) * 1e-12);

    [Theory]
    [InlineData("", "s")]
    [InlineData("fast", "s")]
    [InlineData("5 parsecs", "s")]
    [InlineData("100KB", "s")]
    [InlineData("1MS", "s")]
    [InlineData("NaN", "s")]
    [InlineData("1e999", "s")]
    [InlineData("1e", "s")]
    [InlineData("%", "1")]
    public void What_is_no_such_quantity_is_refused(string text, string unit) => Quantities.Parse(text, unit).ShouldBeNull();
}
