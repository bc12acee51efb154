namespace Grid.Grains;

/// <summary>What the grains know of the host they live in.</summary>
/// <param name="Kept">
/// Whether somebody begins a running experiment again whose grain was lost (<see cref="Contracts.IExperimentGrain.Keep"/>): so in a cluster,
/// where a silo that stops leaves its experiments to the others. Otherwise they end as interrupted.
/// </param>
public sealed record GrainSettings(bool Kept);
