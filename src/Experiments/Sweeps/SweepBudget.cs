namespace Grid.Experiments.Sweeps;

/// <summary>
/// What a sweep may take in all, over every time that it is run: whatever runs out first ends it. What runs then ends and counts, and nothing
/// more begins.
/// </summary>
/// <param name="Energy">Joules of the stages that were carried out for it; null for no limit, as the others.</param>
/// <param name="Time">In which it ran.</param>
/// <param name="Trials">That it begins, the uncompressed references among them.</param>
public sealed record SweepBudget(double? Energy = null, TimeSpan? Time = null, int? Trials = null)
{
    /// <summary>Names of what can run out, as they stand in sweep files, in the store and in JSON.</summary>
    public const string EnergyName = "energy";
    public const string TimeName = "time";
    public const string TrialsName = "trials";
}
