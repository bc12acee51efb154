using System.Text.Json.Nodes;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Telemetry;

namespace Grid.Client.Json;

/// <summary>The answer of <c>list</c>, the newest experiment first.</summary>
internal sealed record ListDocument(IReadOnlyList<ExperimentDocument> Experiments);

/// <param name="Experiment">Its id.</param>
/// <param name="Finished">Null while it runs.</param>
/// <param name="MostSlots">Of each pool; null for no limit.</param>
internal sealed record ExperimentDocument(
    string Experiment, string Name, ExperimentStatus Status, DateTimeOffset Created, DateTimeOffset? Finished, TrialCounts Trials, int Priority,
    int? MostSlots)
{
    public static ExperimentDocument Of(ExperimentRow row, IReadOnlyList<TrialRow> trials) => new(
        row.Id, row.Name, row.Status, row.CreatedAt, row.FinishedAt, CountsOf(trials), row.Share.Priority, row.Share.MostSlots);

    public static TrialCounts CountsOf(IReadOnlyList<TrialRow> trials) => new(
        trials.Count, trials.Count(t => t.Status == TrialStatus.Succeeded), trials.Count(t => t.Status == TrialStatus.Failed));
}

/// <summary>The answer of <c>show ID</c>.</summary>
/// <param name="Sweep">The sweep as it was run.</param>
/// <param name="Reference">The uncompressed model; null until it is measured.</param>
/// <param name="Recommended">Trial of the frontier's knee; null when the frontier is empty.</param>
/// <param name="Device">The class of machines that the points were measured on.</param>
/// <param name="Spent">Null when it never ran.</param>
/// <param name="Others">The sweep's other classes; none where one was named.</param>
internal sealed record ShowDocument(
    ExperimentDocument Experiment, JsonNode? Sweep, IReadOnlyList<TrialDocument> Trials, PointDocument? Reference, IReadOnlyList<PointDocument> Frontier,
    int? Recommended, string Device, SpentDocument? Spent, IReadOnlyList<ClassDocument> Others);

/// <param name="Error">Why it failed; null otherwise.</param>
internal sealed record TrialDocument(int Trial, TrialStatus Status, bool Reference, IReadOnlyDictionary<string, JsonNode?> Config, long Seed, string? Error)
{
    public static TrialDocument Of(TrialRow row)
    {
        var configuration = TrialConfiguration.Parse(row.Config);
        return new(row.Number, row.Status, row.IsReference, PointDocument.ConfigOf(configuration.Values), configuration.Seed, row.Error);
    }
}

/// <summary>The answer of <c>show ID TRIAL</c>.</summary>
/// <param name="Stages">From the source to the measurement.</param>
/// <param name="Point">Null unless the trial succeeded.</param>
/// <param name="Device">The class of machines that it was measured on.</param>
/// <param name="Failure">Why it has no result; null when it has one, or no stage of it has failed.</param>
/// <param name="Others">As it was measured on the sweep's other classes; none where one was named.</param>
internal sealed record TrialDetailDocument(
    string Experiment, TrialDocument Trial, IReadOnlyList<StageDocument> Stages, PointDocument? Point,
    IReadOnlyList<string> Notes, IReadOnlyList<LayerDocument> Layers, string Device, FailureDocument? Failure,
    IReadOnlyList<ClassPointDocument> Others);

/// <param name="Seconds">Wall time of the attempt that counted.</param>
/// <param name="Attempts">How often it was begun.</param>
/// <param name="HasCheckpoint">Whether the next attempt goes on from what one before saved.</param>
/// <param name="Energy">What the attempt that counted took; null until there is one.</param>
/// <param name="Meter">What counted that; null when nothing did.</param>
/// <param name="Trace">Id of the trace of the last attempt; null where nobody traced it.</param>
internal sealed record StageDocument(
    string Key, StageKind Kind, StageStatus Status, IReadOnlyDictionary<string, JsonNode?> Settings, long? Seed, double? Seconds,
    int Attempts, int Crashes, bool HasCheckpoint, string? Artifact, string? Error, MetricDocument? Energy, string? Meter, string? Trace)
{
    public static StageDocument Of(StageRow row, IArtifactStore artifacts) => new(
        row.Key, row.Spec.Kind, row.Status, PointDocument.ConfigOf(row.Spec.Settings), row.Spec.Seed, row.Seconds,
        row.Attempt, row.Crashes, row.Checkpoint is not null, row.Artifact is { } sha256 ? artifacts.Find(sha256) : null, row.Error,
        row.Result?.Cost is { } cost ? MetricDocument.Of(cost.Energy) : null, row.Result?.Cost?.Meter,
        Traceparent.TraceId(row.Trace));
}

internal sealed record LayerDocument(string Layer, string Operator, string Kernel, string Precision, string Intended)
{
    public static LayerDocument Of(LayerReport layer) => new(layer.Layer, layer.Operator, layer.Kernel, layer.Precision, layer.Intended);
}

/// <summary>The answer of <c>run</c>, <c>resume</c> and <c>extend</c> with <c>--detach</c>.</summary>
internal sealed record SubmittedDocument(string Experiment, ExperimentStatus Status);

/// <summary>The answer of <c>set</c>.</summary>
/// <param name="MostSlots">Of each pool; null for no limit.</param>
internal sealed record SetDocument(string Experiment, ExperimentStatus Status, int Priority, int? MostSlots);

/// <summary>The answer of <c>pause</c>.</summary>
/// <param name="Requested">False when it was not running.</param>
internal sealed record PauseDocument(string Experiment, ExperimentStatus Status, bool Requested);

/// <summary>The answer of <c>delete</c>.</summary>
/// <param name="Deleted">False where it was only said what would go.</param>
internal sealed record DeleteDocument(string Experiment, bool Deleted, int Trials, int Stages, int Artifacts, long Bytes);

/// <summary>The answer of <c>gc</c>.</summary>
/// <param name="Deleted">False where it was only said what would go.</param>
internal sealed record GcDocument(bool Deleted, int Artifacts, long Bytes, int Leftovers, long LeftoverBytes);

/// <summary>The answer of <c>cancel</c>.</summary>
/// <param name="Requested">False when it was not running.</param>
internal sealed record CancelDocument(string Experiment, ExperimentStatus Status, bool Requested);
