using Grid.Client.Drawing;
using Grid.Client.Report;
using Grid.Client.Tests.Browsing;
using Grid.Experiments.Metrics;

namespace Grid.Client.Tests.Report;

/// <summary>The page as a text, and as it reads without scripts.</summary>
public sealed class HtmlReportTests(Browser browser)
{
    [Fact]
    public void It_loads_nothing_and_runs_only_its_own_scripts()
    {
        var page = HtmlReport.Write(ReportSamples.Of(5));
        var own = page.Replace(PageAssets.Library, "");

        own.Replace("http://www.w3.org/2000/svg", "").ShouldNotContain("http://");
        own.ShouldNotContain("https://");
        own.ShouldNotContain("<link");
        PageAssets.Style.ShouldNotContain("url(");
        own.ShouldNotContain("innerHTML");
        own.Split("<script").Length.ShouldBe(4);
        PageAssets.Policy.ShouldStartWith("default-src 'none'; ");
        PageAssets.Policy.ShouldNotContain("unsafe-eval");
        PageAssets.Policy.Split("script-src ")[1].ShouldNotContain("unsafe-inline");
    }

    [Fact]
    public void Markup_in_a_name_stays_text()
    {
        var page = HtmlReport.Write(ReportSamples.Of(3, "</script><script>alert(1)</script><img src=x onerror=alert(1)>{{data}}\"'&"));

        page.Replace(PageAssets.Library, "").ShouldNotContain("<img");
        page.ShouldContain("&lt;img src=x onerror=alert(1)&gt;");
        page.Split("</script>").Length.ShouldBe(4);
        page.Split("<h1>").Length.ShouldBe(2);
    }

    [Fact]
    public async Task Without_scripts_it_still_tells_what_was_found()
    {
        await using var page = await browser.OpenFile(HtmlReport.Write(ReportSamples.Of(30, failed: 1, error: "killed by signal 11")), scripts: false);
        var text = await page.Page.Locator("body").InnerTextAsync();

        text.ShouldContain("30 trials measured, 1 failed");
        text.ShouldContain("is recommended: it is the knee of the frontier");
        text.ShouldContain("generated");
        text.ShouldContain("killed by signal 11");
        text.ShouldContain("grid export sample-12345678 --trial ");
        (await page.Page.Locator("table:visible tbody tr").CountAsync()).ShouldBeGreaterThan(1);
        (await page.Page.Locator("select:visible, canvas:visible").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public void Every_metric_of_the_catalog_has_a_column() =>
        MetricText.ByImportance.ShouldBe(MetricCatalog.All.Select(m => m.Name), ignoreOrder: true);
}
