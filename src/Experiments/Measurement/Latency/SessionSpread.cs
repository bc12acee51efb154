using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;

namespace Grid.Experiments.Measurement.Latency;

/// <summary>
/// The 95 % interval of something measured in several sessions: Student's t on the logarithms of the sessions' own values.
/// </summary>
/// <remarks>
/// Runs of one session are no independent samples: they share where the model came to lie in memory, and small networks are seen to run at
/// one of several speeds for a whole session. An interval over runs would be narrow and miss that. So the session is the unit of
/// repetition (Georges, Buytaert and Eeckhout 2007, "Statistically rigorous Java performance evaluation"; Kalibera and Jones
/// 2013, "Rigorous benchmarking in reasonable time"). Logarithms, because times are positive and ratios of them are what is compared.
/// </remarks>
internal static class SessionSpread
{
    /// <param name="value">Of all sessions together.</param>
    /// <param name="sessions">The same of each session, all above 0.</param>
    /// <returns>The value as measured, with its interval; without one when a single session leaves the spread unknown.</returns>
    public static Metric Around(double value, string unit, IReadOnlyList<double> sessions)
    {
        if (sessions.Count < 2)
            return new Metric(value, unit, Provenance.Measured);
        var logarithms = sessions.Select(session => Math.Log(session)).ToList();
        var mean = logarithms.Average();
        var variance = logarithms.Sum(x => (x - mean) * (x - mean)) / (sessions.Count - 1);
        var factor = Math.Exp(StudentT.Quantile975(sessions.Count - 1) * Math.Sqrt(variance / sessions.Count));
        return new Metric(value, unit, Provenance.Measured, value / factor, value * factor);
    }

    public static double GeometricMean(IReadOnlyList<double> values) => Math.Exp(values.Average(value => Math.Log(value)));
}
