using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Grid.Client.Drawing;
using Grid.Client.Reading;
using Grid.Experiments.Store;

namespace Grid.Client.Report;

/// <summary>Writes an experiment as one HTML page that needs nothing else: no network, no script, no other file.</summary>
internal static class HtmlReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Write(Outcome outcome, ReportFacts facts)
    {
        var body = new Html();
        Heading(body, outcome, facts);
        Plots(body, outcome);
        body.Add($"<h2>Frontier</h2>");
        body.Add(outcome.Frontier.Count > 0
            ? ReportTable.Of(outcome, outcome.Frontier, linked: false)
            : new Html().Add($"<p>No point stands on the frontier yet.</p>"));
        foreach (var remark in FrontierRemarks.Of(outcome))
            body.Add($"<p>{remark}</p>");
        body.Add($"<h2>All points</h2>");
        body.Add(ReportTable.Of(outcome, outcome.Points, linked: true));
        body.Add($"""<p class="legend">{MetricText.Legend}. Small figures: 95 % interval.</p>""");
        Notes(body, outcome);
        Failures(body, outcome);
        Reproduce(body, outcome);
        var title = new Html().Add($"{outcome.Row.Name}: frontier");
        // The title last: a name that looks like a place in the template must not draw the body into it.
        return Template().Replace("{{body}}", body.ToString(), StringComparison.Ordinal).Replace("{{title}}", title.ToString(), StringComparison.Ordinal);
    }

    private static void Heading(Html body, Outcome outcome, ReportFacts facts)
    {
        var (row, sweep) = (outcome.Row, outcome.Sweep);
        body.Add($"""<h1>{row.Name}</h1><p class="quiet">{row.Id}, {row.Status.ToString().ToLowerInvariant()}: {outcome.Succeeded} trials measured, {outcome.Failed} failed, {outcome.Frontier.Count} on the frontier</p>""");
        if (outcome.Knee is { } knee)
            body.Add($"""<p class="lead">{Comparison.Recommend(outcome, knee)}</p>""");
        var generated = facts.DataIsGenerated ? new Html().Add($""" <span class="badge">generated</span>""") : new Html();
        body.Add($"<dl>");
        body.Add($"<dt>model</dt><dd>{sweep.Model.Zoo ?? sweep.Model.File}</dd>");
        body.Add($"<dt>data</dt><dd>{sweep.Data.Name}{generated} {facts.Data}</dd>");
        if (sweep.RunOn is not null)
            body.Add($"<dt>measured on</dt><dd>{outcome.Device}</dd>");
        body.Add($"<dt>objectives</dt><dd>{string.Join(", ", sweep.Objectives.Select(ObjectiveText.Of))}</dd>");
        if (sweep.Constraints.Count > 0)
            body.Add($"<dt>limits</dt><dd>{string.Join(", ", sweep.Constraints.Select(ObjectiveText.Of))}</dd>");
        if (outcome.Hypervolume is { } volume)
            body.Add($"<dt>hypervolume</dt><dd>{volume.ToString("G4")}</dd>");
        body.Add($"<dt>seeds</dt><dd>{string.Join(", ", sweep.Seeds)}</dd>");
        body.Add($"<dt>begun</dt><dd>{row.CreatedAt.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'")}</dd>");
        body.Add($"<dt>report written</dt><dd>{facts.WrittenAt.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'")} by Grid {facts.Version} on {facts.Machine}</dd>");
        body.Add($"</dl>");
    }

    private static void Plots(Html body, Outcome outcome)
    {
        var plots = Scatters.AccuracyOverCosts(outcome);
        if (plots.Count == 0)
            return;
        body.Add($"""<h2>Accuracy against cost</h2><div class="plots">""");
        foreach (var plot in plots)
            body.Add($"<figure><figcaption>{MetricText.Title(plot.Y.Metric)} over {MetricText.Title(plot.X.Metric)}</figcaption>{SvgScatter.Draw(plot, outcome)}</figure>");
        body.Add($"""</div><ul class="legend">""");
        foreach (var kind in plots.SelectMany(p => p.Marks).Select(m => m.Kind).Distinct().OrderDescending())
            body.Add($"""<li><svg viewBox="0 0 20 20" aria-hidden="true">{SvgScatter.Shape(kind, 10, 10, "")}</svg>{TerminalPlot.Name(kind)}</li>""");
        body.Add($"</ul>");
        body.Add($"""<p class="quiet">The dashed line joins the points of the frontier that are unbeaten in the two metrics shown; others are on the frontier for an objective not shown.</p>""");
    }

    private static void Notes(Html body, Outcome outcome)
    {
        var noted = outcome.Points.Where(p => ReportNotes.Of(p).Count > 0).ToList();
        if (noted.Count == 0)
            return;
        body.Add($"<h2>Notes</h2><dl>");
        foreach (var point in noted)
        {
            body.Add($"""<dt><a href="#trial-{point.Trial}">trial {point.Trial}</a></dt><dd>""");
            foreach (var note in ReportNotes.Of(point))
                body.Add($"<div>{note}</div>");
            body.Add($"</dd>");
        }
        body.Add($"</dl>");
    }

    private static void Failures(Html body, Outcome outcome)
    {
        var failed = outcome.Trials.Where(t => t.Status == TrialStatus.Failed).ToList();
        if (failed.Count == 0)
            return;
        body.Add($"<h2>Failed trials</h2><dl>");
        foreach (var trial in failed)
            body.Add($"""<dt>trial {trial.Number}</dt><dd class="warn">{trial.Error ?? "no reason recorded"}</dd>""");
        body.Add($"</dl>");
    }

    private static void Reproduce(Html body, Outcome outcome)
    {
        body.Add($"""<h2>How to reproduce</h2><p>The same sweep file and seeds give bitwise the same models. Copy a model with its settings:</p><pre>grid export {outcome.Row.Id} --trial {(outcome.Knee ?? outcome.Reference)?.Trial.ToString() ?? "N"} --output ./model</pre>""");
        body.Add($"<details><summary>The sweep as it was run</summary><pre>{JsonNode.Parse(outcome.Row.Sweep)?.ToJsonString(Indented)}</pre></details>");
    }

    private static string Template()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("report.html")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
