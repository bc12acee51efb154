using System.Text.Json.Nodes;
using Grid.Client.Drawing;
using Grid.Client.Json;
using Grid.Experiments.Analysis;
using Grid.Experiments.Store;

namespace Grid.Client.Report.Document;

/// <summary>All that the page's scripts know of an experiment. Numbers are those of the documents of <c>--json</c>; texts are ready to be shown.</summary>
/// <param name="Device">The class of machines that all numbers are of.</param>
/// <param name="Devices">All classes that the sweep is measured on.</param>
/// <param name="Metrics">Those that at least one point knows, in the order in which people look at them.</param>
/// <param name="Parameters">The swept ones, in the order of the file.</param>
/// <param name="Points">By trial.</param>
/// <param name="Layers">Distinct reports of what layers run as, which points refer to.</param>
/// <param name="Reference">Trial of the uncompressed model; null until it is measured.</param>
/// <param name="Recommended">Trial of the frontier's knee; null when the frontier is empty.</param>
/// <param name="Volume">Null when there is no hypervolume.</param>
/// <param name="File">What the sweep files have in common that each make one of the models again; a point has the rest of its own.</param>
/// <param name="Failures">The first of them.</param>
/// <param name="Traces">Address of a trace with {trace} for its id; null where nobody said.</param>
internal sealed record PageDocument(
    string Experiment, string Name, ExperimentStatus Status, string Device, IReadOnlyList<string> Devices, PageTexts Texts,
    IReadOnlyList<ObjectiveDocument> Objectives, IReadOnlyList<PageLimit> Limits, IReadOnlyList<PageMetric> Metrics,
    IReadOnlyList<PageParameter> Parameters, IReadOnlyList<PagePoint> Points, IReadOnlyList<IReadOnlyList<LayerDocument>> Layers,
    int? Reference, int? Recommended, PageVolume? Volume, IReadOnlyList<PageImportance> Importance, PageTechniques Techniques,
    IReadOnlyList<PageKernel> Kernels, SpentDocument? Spent, string File, IReadOnlyList<PageFailure> Failures, string? Traces);

/// <param name="Summary">How many trials were measured, failed, are on the frontier.</param>
/// <param name="Lead">What is recommended and why, or why nothing is.</param>
/// <param name="Recommended">The recommended model's objectives beside the uncompressed one's.</param>
/// <param name="Remarks">What the frontier does not show by itself.</param>
/// <param name="Spending">What the experiment took; null when it never ran.</param>
/// <param name="MoreFailures">How many failures are left out, and where they are told; empty when none is.</param>
/// <param name="Export">The command that copies the recommended model, or the uncompressed one; null while there is none.</param>
internal sealed record PageTexts(
    string Summary, string Lead, IReadOnlyList<ComparedMetric> Recommended, IReadOnlyList<PageFact> Facts, IReadOnlyList<string> Remarks, string? Spending, string MoreFailures, string? Export);

/// <param name="Badge">A word that must not be missed beside it; null for none.</param>
internal sealed record PageFact(string Name, string Text, string? Badge = null);

/// <param name="Metric">The one that it limits; that of accuracy-drop is accuracy.</param>
/// <param name="Value">In the metric's unit; null while the reference that it is counted from is not known.</param>
internal sealed record PageLimit(string Text, string Metric, bool AtMost, double? Value);

/// <param name="Heading">Short, for a column.</param>
/// <param name="Title">With what the number is, for an axis.</param>
/// <param name="Better">"max" or "min".</param>
/// <param name="Percent">Whether it is written as a percentage.</param>
/// <param name="Suffix">What stands behind a number without prefix.</param>
/// <param name="Prefixes">Factor and symbol, the smallest first; null for numbers written as they are.</param>
internal sealed record PageMetric(
    string Name, string Heading, string Title, string Description, string Unit, string Better, bool Percent, string Suffix, IReadOnlyList<PagePrefix>? Prefixes);

internal sealed record PagePrefix(double Factor, string Symbol);

/// <param name="Logarithmic">Whether its range was drawn from on a logarithmic scale.</param>
/// <param name="Absent">What it means that a configuration lacks it, where leaving its stage out is one of its values; null where it then is not in effect.</param>
internal sealed record PageParameter(string Key, string Description, bool Logarithmic, JsonNode? Absent);

/// <param name="Standing">Where it stands.</param>
/// <param name="Reason">Why it is left out; null otherwise.</param>
/// <param name="Layers">Position in the document's layers; null when nothing is known of them.</param>
/// <param name="File">The end of the sweep file that makes it again.</param>
internal sealed record PagePoint(
    int Trial, string Settings, PageStanding Standing, string? Reason, IReadOnlyDictionary<string, JsonNode?> Config,
    IReadOnlyDictionary<string, MetricDocument> Metrics, IReadOnlyList<long> Seeds, string Sha256, string? Trace, int? Layers, IReadOnlyList<string> Notes, string File);

internal enum PageStanding
{
    Frontier,
    Dominated,

    /// <summary>It breaks a limit, or cannot be compared.</summary>
    LeftOut,
}

/// <param name="Corner">Per objective, up to what multiple of the reference volume counts, and the value that this is.</param>
/// <param name="Trials">How many were measured.</param>
/// <param name="Seconds">When the last was; null when it is not known when trials were measured.</param>
internal sealed record PageVolume(double Value, IReadOnlyList<PageCorner> Corner, IReadOnlyList<VolumeStep> Steps, int Trials, double? Seconds);

internal sealed record PageCorner(string Metric, double Multiple, double? Value);

internal sealed record PageImportance(string Metric, IReadOnlyList<PageShare> Parameters);

/// <param name="Unknown">Why there is no share; null when there is one.</param>
internal sealed record PageShare(string Parameter, double? Share, double? Low, double? High, int Models, int Groups, string? Unknown);

/// <param name="Loss">The loss of accuracy that the best are chosen under, in words.</param>
internal sealed record PageTechniques(string Loss, IReadOnlyList<PageMetric> Metrics, IReadOnlyList<PageTechnique> Rows);

internal sealed record PageTechnique(string Name, int Models, int OnFrontier, int Within, IReadOnlyDictionary<string, PageChange> Changes);

/// <param name="Median">In words, as are the others.</param>
internal sealed record PageChange(string Median, string? Best, int? Trial);

internal sealed record PageKernel(LayerDocument Layer, bool AsIntended, IReadOnlyList<int> Trials);

internal sealed record PageFailure(int Trial, string Error);
