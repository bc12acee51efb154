namespace Grid.Experiments.Measurement.Energy.Meters;

/// <summary>Whether this machine has a meter.</summary>
/// <param name="Name">Of the meter, such as "rapl".</param>
/// <param name="Domains">What it counts; null when it is not there.</param>
/// <param name="Why">Why it is not there, and what would change that; null when it is.</param>
public sealed record MeterState(string Name, string? Domains, string? Why)
{
    public bool IsAvailable => Domains is not null;
}
