namespace Grid.Experiments.Sweeps.Files;

/// <summary>What came of reading a sweep file: a sweep, or all that is wrong with it.</summary>
/// <param name="Sweep">Null when there are errors.</param>
/// <param name="ModelFile">
/// Path of the user's own network, whose content has the hash that the sweep names; null when the network comes from the zoo or
/// there are errors.
/// </param>
/// <param name="Errors">In the order of the file; empty when there is a sweep.</param>
public sealed record SweepReading(Sweep? Sweep, string? ModelFile, IReadOnlyList<SweepError> Errors);
