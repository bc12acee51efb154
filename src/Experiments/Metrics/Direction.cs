namespace Grid.Experiments.Metrics;

/// <summary>Whether larger or smaller is better.</summary>
public enum Direction
{
    Minimize,
    Maximize,
}
