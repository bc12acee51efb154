using Grid.Client.Report;
using Grid.Client.Tests.Browsing;
using Grid.Experiments.Store;

namespace Grid.Client.Tests.Report;

/// <summary>Reports of what nobody would wish for.</summary>
public sealed class ReportInputTests(Browser browser)
{
    [Fact]
    public async Task Names_are_shown_and_never_obeyed()
    {
        const string name = "</script><script>alert(1)</script><img src=x onerror=alert(2)> \"'` ${alert(3)} \u202Eevil\u202C עברית 🦊 &amp;";
        await using var page = await browser.OpenFile(HtmlReport.Write(ReportSamples.Of(20, name, failed: 2, error: $"because of {name}")));

        await page.IsDescribed("scatter", "20 models");
        foreach (var part in new[] { "<script>alert(1)</script>", "<img src=x onerror=alert(2)>", "${alert(3)}", "עברית", "🦊", "&amp;" })
        {
            (await page.Page.Locator("h1").TextContentAsync()).ShouldNotBeNull().ShouldContain(part);
            (await page["details"].TextContentAsync()).ShouldNotBeNull().ShouldContain(part);
            (await page["failures"].TextContentAsync()).ShouldNotBeNull().ShouldContain(part);
        }
        await page["scatter"].HoverAsync();
        await page.Page.Locator("#energy summary").ClickAsync();
        (await page.Page.Locator("img, script:not([type])").CountAsync()).ShouldBe(2);
        page.Complaints.ShouldBeEmpty();
        page.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1, 0, ExperimentStatus.Interrupted, "interrupted", ": 1 model, 1 on the frontier")]
    [InlineData(2, 3, ExperimentStatus.Running, "running", ": 2 models")]
    public async Task A_sweep_with_little_in_it_is_told_as_it_is(int models, int failed, ExperimentStatus status, string word, string scatter)
    {
        await using var page = await browser.OpenFile(HtmlReport.Write(ReportSamples.Of(models, status: status, failed: failed)));

        await page.Saw("status", word);
        await page.IsDescribed("scatter", System.Text.RegularExpressions.Regex.Escape(scatter));
        (await page.Page.Locator("#failures dt").CountAsync()).ShouldBe(failed);
        await page.Saw("summary", $"{models} trial");
        page.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, ExperimentStatus.Running, "No model is measured yet.")]
    [InlineData(5, ExperimentStatus.Done, "5 of 5 trials failed")]
    public async Task Without_a_model_only_what_has_content_is_shown(int failed, ExperimentStatus status, string lead)
    {
        await using var page = await browser.OpenFile(HtmlReport.Write(ReportSamples.Of(0, status: status, failed: failed)), 360);

        await page.Saw("lead", lead);
        var parts = await page.Page.Locator("section:visible").EvaluateAllAsync<string[]>("all => all.map(part => part.id)");
        parts.ShouldBe(failed == 0 ? ["energy", "reproduce"] : ["energy", "failures", "reproduce"]);
        (await page.Page.Locator("select:visible, input:visible, canvas:visible, table:visible").CountAsync()).ShouldBe(0);
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_thousand_models_can_be_looked_through()
    {
        await using var page = await browser.OpenFile(HtmlReport.Write(ReportSamples.Of(2_000)));

        await page.IsDescribed("scatter", "2000 models");
        await page.Drag("scatter", (0.15, 0.1), (0.5, 0.6));
        await page.IsDescribed("scatter", "[1-9][0-9]* are selected");
        await page.Page.Locator("#points .clear").ClickAsync();
        await page.Saw("count", "2000 of 2000 models.");
        (await page.Page.Locator("#table tbody tr").CountAsync()).ShouldBe(50);
        await page["page-on"].ClickAsync();
        await page.Saw("page-text", "2 of 40");
        (await page.Column(2))[0].ShouldBe("50");
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task More_failures_than_anybody_reads_are_counted()
    {
        await using var page = await browser.OpenFile(HtmlReport.Write(ReportSamples.Of(1, failed: 130)));

        (await page.Page.Locator("#failures dt").CountAsync()).ShouldBe(100);
        await page.Saw("failures-more", "and 30 more: grid show sample-12345678 --json");
    }
}
