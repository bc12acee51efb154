using Grid.Client.Tests.Browsing;
using Grid.Tests;

namespace Grid.Client.Tests.Report;

/// <summary>The numbers on the axes of the page's charts, which are drawn and cannot be read there: asked of the scripts that write them.</summary>
public sealed class PageAxisTests(Browser browser)
{
    [Theory]
    [InlineData("218001, 218005", "By", false, "218.001 KB", "218.005 KB")]
    [InlineData("100, 101", "By", false, "100.0 B", "101.0 B")]
    [InlineData("40000, 218000", "By", false, "50.0 KB", "200 KB")]
    [InlineData("40000, 218000", "By", true, "50.0 KB", "200 KB")]
    [InlineData("1.00001e-6, 1.00002e-6", "s", false, "1.000010 µs", "1.000020 µs")]
    [InlineData("1, 1.000001", "1", false, "1.0000000", "1.0000010")]
    [InlineData("7, 7", "1", false, "6.50", "7.50")]
    public async Task Numbers_on_an_axis_differ_from_each_other(string values, string unit, bool logarithmic, string first, string last)
    {
        await using var page = await browser.OpenFile("<!DOCTYPE html><title>empty</title>");

        var ticks = await page.Page.EvaluateAsync<string[]>($$"""
            () => {
              const prefixes = { By: [[1, 'B'], [1e3, 'KB'], [1e6, 'MB']], s: [[1e-9, 'ns'], [1e-6, 'µs'], [1e-3, 'ms'], [1, 's']] }['{{unit}}']?.map(([factor, symbol]) => ({ factor, symbol }));
              const model = { metrics: new Map([['metric', { unit: '{{unit}}', prefixes }]]) };
              {{Script("format.js")}}
              {{Script("chart.js")}}
              const scale = scaleOf([{{values}}], {{(logarithmic ? "true" : "false")}}, 6, true);
              return scale.ticks.map(labelsOf(scale, (value, digits) => format.value('metric', value, digits)));
            }
            """);

        ticks.ShouldBeUnique();
        (ticks[0], ticks[^1]).ShouldBe((first, last));
    }

    private static string Script(string name) => File.ReadAllText(RepositoryRoot.File("src", "Client", "Report", "Page", name));
}
