using Grid.Client.Drawing;
using Grid.Client.Json;
using Grid.Client.Reading;
using Grid.Experiments.Analysis;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps.Files;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Client.Report.Document;

/// <summary>Makes the page's document of what an experiment has found.</summary>
internal static class PageDocuments
{
    /// <summary>More failures are not told one by one.</summary>
    public const int MostFailures = 100;

    public static PageDocument Of(ReportData data)
    {
        var (outcome, results) = (data.Outcome, data.Results);
        var points = PagePoints.Of(outcome, out var layers);
        return new(
            outcome.Row.Id, outcome.Row.Name, outcome.Row.Status, outcome.Device, outcome.Sweep.Devices, PageWords.Of(data),
            [.. outcome.Sweep.Objectives.Select(ObjectiveDocument.Of)],
            [.. outcome.Sweep.Constraints.Select(limit => LimitOf(limit, outcome))],
            [.. MetricText.ByImportance.Where(m => outcome.Points.Any(p => p.Metrics.GetValueOrDefault(m)?.Comparable is not null)).Select(MetricOf)],
            [.. new SearchSpace(outcome.Sweep).Domains.Select(ParameterOf)],
            points, layers, outcome.Reference?.Trial, outcome.Knee?.Trial,
            VolumeOf(data), ImportanceOf(outcome), TechniquesOf(data),
            [.. KernelUse.Of(outcome.Points).Select(use => new PageKernel(LayerDocument.Of(use.Layer), use.Layer.AsIntended, use.Trials))],
            SpentDocument.Of(data.Spending), OneModelFile.Head(outcome.Sweep),
            [.. results.Trials.Where(t => t.Status == TrialStatus.Failed).Take(MostFailures).Select(t => new PageFailure(t.Number, t.Error ?? "no reason recorded"))],
            data.Facts.Traces?.Address);
    }

    private static PageMetric MetricOf(string name)
    {
        var metric = MetricCatalog.Find(name)!;
        var percent = name is MetricCatalog.Accuracy or MetricCatalog.TestAccuracy;
        return new(
            name, MetricText.Heading(name), MetricText.Title(name), metric.Description, metric.Unit, ObjectiveDocument.Of(new(name, metric.Better)).Direction,
            percent, name == MetricCatalog.Speedup ? "x" : "", Units.Prefixes(metric.Unit)?.Select(p => new PagePrefix(p.Factor, p.Symbol)).ToList());
    }

    private static PageParameter ParameterOf(ParameterDomain domain) =>
        new(domain.Key, ParameterCatalog.Find(domain.Key)?.Description ?? "", domain.Range?.Logarithmic == true, PointDocument.ValueOf(ParameterCatalog.Absent(domain)));

    private static PageLimit LimitOf(Constraint limit, Outcome outcome)
    {
        if (limit.Quantity != Constraint.AccuracyDrop)
            return new(ObjectiveText.Of(limit), limit.Quantity, limit.AtMost, limit.Limit);
        // So much below the reference is at least so much.
        var full = outcome.Reference?.Metrics.GetValueOrDefault(MetricCatalog.Accuracy)?.Comparable;
        return new(ObjectiveText.Of(limit), MetricCatalog.Accuracy, !limit.AtMost, full - limit.Limit);
    }

    private static PageVolume? VolumeOf(ReportData data)
    {
        if (VolumeHistory.Of(data.Results, data.Ends) is not { } history)
            return null;
        var corner = data.Outcome.Sweep.Objectives.Zip(data.Results.Frontier.HypervolumeReference, (objective, multiple) => new PageCorner(
            objective.Metric, multiple, multiple * data.Outcome.Reference?.Metrics.GetValueOrDefault(objective.Metric)?.Comparable));
        return new(data.Outcome.Hypervolume!.Value, [.. corner], history.Steps, history.Trials, history.Seconds);
    }

    private static IReadOnlyList<PageImportance> ImportanceOf(Outcome outcome)
    {
        var domains = new SearchSpace(outcome.Sweep).Domains;
        return
        [
            .. outcome.Sweep.Objectives.Select(objective => new PageImportance(
                objective.Metric,
                [
                    .. ParameterImportance.Of(outcome.Points, domains, MetricCatalog.Find(objective.Metric)!).Select(p => new PageShare(
                        p.Parameter, p.Share?.Share, p.Share?.Low, p.Share?.High, p.Models, p.Groups, p.Unknown)),
                ])),
        ];
    }

    private static PageTechniques TechniquesOf(ReportData data)
    {
        var rows = TechniqueEffect.Of(data.Results);
        var metrics = TechniqueEffect.Compared.Where(m => rows.Any(r => r.Changes.ContainsKey(m))).ToList();
        return new(
            MetricText.Value(MetricCatalog.Accuracy, TechniqueEffect.Loss(data.Outcome.Sweep)),
            [.. metrics.Select(MetricOf)],
            [
                .. rows.Select(row => new PageTechnique(
                    TechniqueText.Name(row.Techniques), row.Models, row.OnFrontier, row.Within,
                    row.Changes.ToDictionary(c => c.Key, c => new PageChange(
                        TechniqueText.Change(c.Key, c.Value.Median), c.Value.Best is { } best ? TechniqueText.Change(c.Key, best) : null, c.Value.Trial)))),
            ]);
    }
}
