using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps.Files;

namespace Grid.Client.Json;

/// <summary>The answer of <c>validate</c>.</summary>
/// <param name="Experiment">The id that running the file gives; null when it is not valid.</param>
internal sealed record ValidateDocument(bool Valid, string? Experiment, IReadOnlyList<SweepError> Errors);

/// <summary>The answer of <c>plan</c>.</summary>
/// <param name="Experiment">The id that running the file gives.</param>
/// <param name="Trials">Distinct trials, the uncompressed references among them.</param>
/// <param name="Combinations">Of values, times the seeds.</param>
/// <param name="Collapsed">Combinations that are no trial of their own, because they equal another.</param>
/// <param name="Estimate">Null when the store knows no stage to learn from.</param>
/// <param name="Budget">Null when the sweep has none.</param>
internal sealed record PlanDocument(
    string Experiment, int Trials, long Combinations, long Collapsed, PlannedStages Stages, EstimateDocument? Estimate, BudgetDocument? Budget);

/// <param name="Energy">Joules; null for no limit, as the others.</param>
/// <param name="TrialsLeftOut">Trials that the budget of trials leaves out; null when the strategy cannot know.</param>
/// <param name="Problem">Why this machine cannot keep the budget; null when it can, and where a cluster shall.</param>
internal sealed record BudgetDocument(double? Energy, double? Seconds, int? Trials, long? TrialsLeftOut, string? Problem);

/// <param name="Total">Distinct stages.</param>
/// <param name="Computed">Those of them that are done already.</param>
/// <param name="Remaining">Those that are not.</param>
/// <param name="WithoutSharing">Stages if every trial computed its own.</param>
/// <param name="Reuse">WithoutSharing over Total.</param>
internal sealed record PlannedStages(
    int Total, int Computed, int Remaining, long WithoutSharing, double Reuse, IReadOnlyDictionary<StageKind, PlannedKind> ByKind);

internal sealed record PlannedKind(int Total, int Computed);

/// <param name="Seconds">Wall time of what remains, from the mean time of stages done before; rough.</param>
/// <param name="TimesWithoutSharing">What all of the sweep would take if every trial computed its own stages, over what it takes.</param>
internal sealed record EstimateDocument(double Seconds, int Slots, double TimesWithoutSharing);
