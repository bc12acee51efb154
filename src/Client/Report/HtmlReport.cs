using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Grid.Client.Drawing;
using Grid.Client.Report.Document;
using Grid.Experiments.Frontier;

namespace Grid.Client.Report;

/// <summary>
/// Writes an experiment as one HTML page that needs nothing else: no network, no other file. Its heading, the frontier as a table, notes and failures are
/// there without scripts; all else is drawn by the page's own scripts from the document in it.
/// </summary>
internal static class HtmlReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Everything that means something to HTML is escaped, so that the document cannot end the element it lies in.</summary>
    private static readonly JsonSerializerOptions Embedded = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>A page that stays as it is.</summary>
    public static string Write(ReportData data) => Write(data, PageDocuments.Of(data), live: false);

    /// <summary>A page that asks the server it comes from for what is new.</summary>
    public static string WriteLive(ReportData data, PageDocument document) => Write(data, document, live: true);

    /// <summary>A document as the page's scripts read it.</summary>
    public static string Json<T>(T document) => JsonSerializer.Serialize(document, Embedded);

    private static string Write(ReportData data, PageDocument document, bool live)
    {
        var (heading, ending) = (new Html(), new Html());
        Heading(heading, document);
        Frontier(heading, data, document);
        Failures(ending, document);
        Reproduce(ending, data, document);
        return PageTemplate.Fill(PageAssets.Template, new Dictionary<string, string>
        {
            ["live"] = live ? " data-live" : "",
            ["policy"] = live ? PageAssets.LivePolicy : PageAssets.Policy,
            ["title"] = new Html().Add($"{document.Name}: frontier").ToString(),
            ["name"] = new Html().Add($"{document.Name}").ToString(),
            ["status"] = StatusOf(document),
            ["style"] = PageAssets.Style,
            ["heading"] = heading.ToString(),
            ["ending"] = ending.ToString(),
            ["legend"] = new Html().Add($"{MetricText.Legend}").ToString(),
            ["data"] = Json(document),
            ["library"] = PageAssets.Library,
            ["scripts"] = PageAssets.Scripts,
        });
    }

    private static string StatusOf(PageDocument document) => document.Status.ToString().ToLowerInvariant();

    private static void Heading(Html body, PageDocument document)
    {
        var texts = document.Texts;
        body.Add($"""<h1><bdi>{document.Name}</bdi></h1><p class="quiet" id="summary">{document.Experiment}, {StatusOf(document)}: {texts.Summary}</p>""");
        body.Add($"""<p class="lead" id="lead">{texts.Lead}</p><ul class="tiles" id="tiles">""");
        foreach (var metric in texts.Recommended)
            body.Add($"<li><span>{metric.Noun}</span><b>{metric.Value}</b><span>{metric.Change ?? ""}</span></li>");
        body.Add($"""</ul><div id="progress-now"></div><div class="bare"><dl class="facts" id="facts">""");
        foreach (var fact in texts.Facts)
            body.Add($"<div><dt>{fact.Name}</dt><dd>{(fact.Badge is { } badge ? new Html().Add($"""<span class="badge">{badge}</span> """) : new Html())}<bdi>{fact.Text}</bdi></dd></div>");
        body.Add($"""</dl></div><div class="quiet" id="remarks">""");
        foreach (var remark in texts.Remarks)
            body.Add($"<p>{remark}</p>");
        body.Add($"</div>");
    }

    private static void Frontier(Html body, ReportData data, PageDocument document)
    {
        body.Add($"""<section class="unscripted"><h2>Frontier</h2>""");
        body.Add(data.Outcome.Frontier.Count > 0
            ? new Html().Add($"{ReportTable.Of(data.Outcome)}<p class=\"quiet\">{MetricText.Legend}. Small figures: 95 % interval. With scripts this page shows every model, charts and more.</p>")
            : new Html().Add($"<p>No point stands on the frontier yet.</p>"));
        Notes(body, data.Outcome.Frontier);
        body.Add($"</section>");
    }

    private static void Notes(Html body, IReadOnlyList<Point> points)
    {
        var noted = points.Where(p => ReportNotes.Of(p).Count > 0).ToList();
        if (noted.Count == 0)
            return;
        body.Add($"<h2>Notes</h2><dl>");
        foreach (var point in noted)
        {
            body.Add($"<dt>trial {point.Trial}</dt><dd>");
            foreach (var note in ReportNotes.Of(point))
                body.Add($"<div>{note}</div>");
            body.Add($"</dd>");
        }
        body.Add($"</dl>");
    }

    private static void Failures(Html body, PageDocument document)
    {
        body.Add($"""<section id="failures"{Hidden(document.Failures.Count == 0)}><h2>Failed trials</h2><div class="bare"><dl id="failure-list">""");
        foreach (var failure in document.Failures)
            body.Add($"""<dt>trial {failure.Trial}</dt><dd class="warn"><bdi>{failure.Error}</bdi></dd>""");
        body.Add($"</dl><p id=\"failures-more\">{document.Texts.MoreFailures}</p></div></section>");
    }

    private static void Reproduce(Html body, ReportData data, PageDocument document)
    {
        body.Add($"""<section id="reproduce"><h2>How to reproduce</h2><div class="bare"><p>The same sweep file and seeds give bitwise the same models.</p>""");
        body.Add($"""<div id="reproduce-model"{Hidden(document.Texts.Export is null)}><p>Copy a model with its settings, or choose one above for the command that makes it again:</p><pre id="reproduce-command">{document.Texts.Export ?? ""}</pre></div>""");
        body.Add($"<details><summary>The sweep as it was run</summary><pre>{JsonNode.Parse(data.Outcome.Row.Sweep)?.ToJsonString(Indented)}</pre></details></div></section>");
    }

    private static Html Hidden(bool isHidden) => isHidden ? new Html().Add($" hidden") : new Html();
}
