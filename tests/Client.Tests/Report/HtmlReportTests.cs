using Grid.Client.Drawing;
using Grid.Client.Report;
using Grid.Experiments.Metrics;

namespace Grid.Client.Tests.Report;

public sealed class HtmlReportTests
{
    private static readonly ReportFacts Facts = new("ten digits drawn by a program", true, "Linux, 2 processors", DateTimeOffset.UnixEpoch, "0.1.0");

    private static string Write(string name = "fashion") => HtmlReport.Write(Samples.Outcome(name), Facts);

    [Fact]
    public void It_loads_nothing_and_runs_nothing()
    {
        var page = Write();

        page.ShouldNotContain("http://");
        page.ShouldNotContain("https://");
        page.ShouldNotContain("<script");
        page.ShouldNotContain("<link");
        page.ShouldNotContain("url(");
        page.ShouldContain("default-src 'none'; style-src 'unsafe-inline'");
    }

    [Fact]
    public void Markup_in_a_name_stays_text()
    {
        var page = Write("<img src=x onerror=alert(1)>{{body}}\"'&");

        page.ShouldNotContain("<img");
        page.ShouldContain("&lt;img src=x onerror=alert(1)&gt;");
        page.Split("<h1>").Length.ShouldBe(2);
    }

    [Fact]
    public void Every_link_leads_to_a_line_of_the_table()
    {
        var page = Write();
        var links = System.Text.RegularExpressions.Regex.Matches(page, "href=\"#([^\"]+)\"").Select(m => m.Groups[1].Value).Distinct().ToList();

        links.Count.ShouldBe(5);
        links.ShouldAllBe(link => page.Contains($"id=\"{link}\""));
    }

    [Fact]
    public void It_says_what_a_reader_must_not_miss()
    {
        var page = Write();

        page.ShouldContain(">generated<");
        page.ShouldContain("killed by signal 11");
        page.ShouldContain("meant to run in int8 and runs in float32");
        page.ShouldContain("Trial 2 is recommended");
        page.ShouldContain("grid export fashion-12345678 --trial 2");
    }

    [Fact]
    public void It_is_well_formed_where_it_draws()
    {
        foreach (System.Text.RegularExpressions.Match svg in System.Text.RegularExpressions.Regex.Matches(Write(), "<svg.*?</svg>", System.Text.RegularExpressions.RegexOptions.Singleline))
            Should.NotThrow(() => System.Xml.Linq.XElement.Parse(svg.Value));
    }

    [Fact]
    public void Every_metric_of_the_catalog_has_a_column() =>
        MetricText.ByImportance.ShouldBe(MetricCatalog.All.Select(m => m.Name), ignoreOrder: true);
}
