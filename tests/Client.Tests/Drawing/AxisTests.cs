using CsCheck;
using Grid.Client.Drawing;

namespace Grid.Client.Tests.Drawing;

public sealed class AxisTests
{
    [Fact]
    public void Every_value_lies_on_the_axis_and_ticks_ascend_whatever_the_span() =>
        Gen.Double[1e-12, 1e12].Array[1, 20].Select(Gen.Bool).Sample((values, logarithmic) =>
        {
            var axis = Axis.Fit(values, logarithmic);
            values.ShouldAllBe(v => axis.Position(v) >= 0 && axis.Position(v) <= 1);
            var ticks = axis.Ticks(6);
            ticks.Count.ShouldBeLessThanOrEqualTo(6);
            ticks.ShouldAllBe(t => t.Position >= -1e-9 && t.Position <= 1 + 1e-9);
            ticks.Zip(ticks.Skip(1)).ShouldAllBe(pair => pair.First.Value < pair.Second.Value);
        }, iter: 500);

    [Theory]
    [InlineData(7, 83, new double[] { 20, 40, 60, 80 })]
    [InlineData(0.52, 0.93, new[] { 0.5, 0.6, 0.7, 0.8, 0.9 })]
    public void An_axis_has_as_many_marks_as_there_is_room_for(double low, double high, double[] marks) =>
        Axis.Fit([low, high], mayBeLogarithmic: false).Ticks(5).Select(t => Math.Round(t.Value, 9)).ShouldBe(marks);

    [Fact]
    public void A_wide_span_is_drawn_by_its_logarithm() => Axis.Fit([1e-6, 1e-3], mayBeLogarithmic: true).Logarithmic.ShouldBeTrue();

    [Fact]
    public void A_narrow_span_and_a_share_stay_linear()
    {
        Axis.Fit([10, 50], mayBeLogarithmic: true).Logarithmic.ShouldBeFalse();
        Axis.Fit([0.01, 0.99], mayBeLogarithmic: false).Logarithmic.ShouldBeFalse();
    }

    [Fact]
    public void Zero_keeps_an_axis_linear() => Axis.Fit([0, 1000], mayBeLogarithmic: true).Logarithmic.ShouldBeFalse();

    [Fact]
    public void A_single_value_lies_in_the_middle() => Axis.Fit([42], mayBeLogarithmic: true).Position(42).ShouldBe(0.5, 1e-9);

    [Fact]
    public void Decades_are_marked_on_a_logarithmic_axis() =>
        Axis.Fit([1, 1000], mayBeLogarithmic: true).Ticks(4).Select(t => Math.Round(t.Value, 9)).ShouldBe([1, 10, 100, 1000]);
}
