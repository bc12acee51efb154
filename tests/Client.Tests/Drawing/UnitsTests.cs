using Grid.Client.Drawing;

namespace Grid.Client.Tests.Drawing;

public sealed class UnitsTests
{
    [Theory]
    [InlineData(15.0e-6, "s", "15.0 µs")]
    [InlineData(999.6e-6, "s", "1.00 ms")]
    [InlineData(0.00123, "s", "1.23 ms")]
    [InlineData(4.2e-9, "s", "4.20 ns")]
    [InlineData(90, "s", "90.0 s")]
    [InlineData(218_071, "By", "218 KB")]
    [InlineData(999, "By", "999 B")]
    [InlineData(7, "By", "7 B")]
    [InlineData(999_999, "By", "1.00 MB")]
    [InlineData(1.5e-9, "J", "1.50 nJ")]
    [InlineData(2.34e-6, "J", "2.34 µJ")]
    [InlineData(65_200, "1/s", "65.2 k/s")]
    [InlineData(1.8349, "1", "1.83")]
    [InlineData(0.0, "s", "0 s")]
    [InlineData(-0.002, "s", "-2.00 ms")]
    [InlineData(double.NaN, "s", "—")]
    [InlineData(double.PositiveInfinity, "By", "—")]
    public void A_value_gets_three_digits_and_the_prefix_that_fits(double value, string unit, string text) =>
        Units.Text(value, unit).ShouldBe(text);

    [Theory]
    [InlineData(15.0012e-6, "s", 5, "15.001 µs")]
    [InlineData(218_071, "By", 6, "218.071 KB")]
    [InlineData(0.12347, "1", 4, "0.1235")]
    [InlineData(999.9, "s", 5, "999.90 s")]
    public void More_digits_are_there_for_the_asking(double value, string unit, int digits, string text) => Units.Text(value, unit, digits).ShouldBe(text);

    [Theory]
    [InlineData(0.42, "0.4 s")]
    [InlineData(12, "12 s")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(7500, "2 h 05 min")]
    [InlineData(300_000, "3 days 11 h")]
    public void A_duration_reads_as_people_say_it(double seconds, string text) => Units.Duration(TimeSpan.FromSeconds(seconds)).ShouldBe(text);

    [Fact]
    public void A_share_is_a_percentage_with_two_decimals() => Units.Percent(0.97553).ShouldBe("97.55 %");
}
