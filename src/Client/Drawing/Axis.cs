namespace Grid.Client.Drawing;

/// <summary>A value that deserves a mark on an axis.</summary>
/// <param name="Position">0 at the low end, 1 at the high end.</param>
internal readonly record struct Tick(double Value, double Position);

/// <summary>Maps values of one metric to 0..1, linearly or by their logarithm, with a little room at both ends.</summary>
internal sealed class Axis
{
    /// <summary>From this ratio of the largest to the smallest value on, a logarithmic axis reads better.</summary>
    private const double WideSpan = 20;
    private const double Margin = 0.06;
    private readonly double from;
    private readonly double to;

    private Axis(double from, double to, bool logarithmic)
    {
        this.from = from;
        this.to = to;
        Logarithmic = logarithmic;
    }

    public bool Logarithmic { get; }

    /// <summary>An axis that shows all of the values, which must be finite.</summary>
    /// <param name="mayBeLogarithmic">False for shares such as accuracy, which stay linear.</param>
    public static Axis Fit(IReadOnlyCollection<double> values, bool mayBeLogarithmic)
    {
        if (values.Count == 0)
            return new Axis(0, 1, false);
        var (low, high) = (values.Min(), values.Max());
        if (mayBeLogarithmic && low > 0 && high / low >= WideSpan)
        {
            var room = Math.Log10(high / low) * Margin;
            return new Axis(Math.Log10(low) - room, Math.Log10(high) + room, true);
        }
        var padding = high > low ? (high - low) * Margin : Math.Max(Math.Abs(high) * 0.05, 1e-12);
        return new Axis(low - padding, high + padding, false);
    }

    public double Position(double value) => ((Logarithmic ? Math.Log10(value) : value) - from) / (to - from);

    /// <summary>Up to <paramref name="most"/> round values on the axis, ascending.</summary>
    public IReadOnlyList<Tick> Ticks(int most)
    {
        var values = Logarithmic ? LogarithmicTicks(most) : [];
        if (values.Count < 2)
            values = LinearTicks(most);
        return [.. values.Select(v => new Tick(v, Position(v)))];
    }

    private List<double> LogarithmicTicks(int most)
    {
        double[][] mantissas = [[1, 2, 5], [1, 3], [1]];
        foreach (var digits in mantissas)
        {
            var ticks = Decades(1).SelectMany(d => digits.Select(m => m * Math.Pow(10, d))).Where(Shown).ToList();
            if (ticks.Count <= most)
                return ticks;
        }
        var every = (int)Math.Ceiling((to - from) / Math.Max(1, most - 1));
        return [.. Decades(every).Select(d => Math.Pow(10, d)).Where(Shown)];
    }

    private IEnumerable<int> Decades(int every)
    {
        for (var decade = (int)Math.Floor(from); decade <= Math.Ceiling(to); decade += every)
            yield return decade;
    }

    private bool Shown(double value) => Position(value) is >= 0 and <= 1;

    private List<double> LinearTicks(int most)
    {
        var (low, high) = Logarithmic ? (Math.Pow(10, from), Math.Pow(10, to)) : (from, to);
        for (var step = RoundUp((high - low) / most); ; step = RoundUp(step * 1.5))
        {
            var first = Math.Ceiling(low / step);
            List<double> ticks = [.. Enumerable.Range(0, most + 1).Select(i => (first + i) * step).TakeWhile(v => v <= high)];
            if (ticks.Count <= most)
                return ticks;
        }
    }

    /// <summary>The next of 1, 2, 5 times a power of ten.</summary>
    private static double RoundUp(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return power * ((step / power) switch { <= 1.0001 => 1, <= 2.0001 => 2, <= 5.0001 => 5, _ => 10 });
    }
}
