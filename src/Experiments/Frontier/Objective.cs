using Grid.Experiments.Metrics;

namespace Grid.Experiments.Frontier;

/// <summary>A metric to optimise and the direction in which it improves.</summary>
public sealed record Objective(string Metric, Direction Direction)
{
    /// <summary>The value turned so that smaller is better.</summary>
    public double Cost(double value) => Direction == Direction.Minimize ? value : -value;
}
