using System.Text.Json.Nodes;
using Grid.Client.Report;
using Grid.Client.Tests.Browsing;
using Grid.Experiments.Sweeps.Files;

namespace Grid.Client.Tests.Report;

/// <summary>What a user does on the page.</summary>
public sealed class ReportPageTests(Browser browser)
{
    private const int Models = 60;
    private static readonly string html = HtmlReport.Write(ReportSamples.Of(Models, traces: new TraceLink("http://127.0.0.1/trace/{trace}")));

    [Fact]
    public async Task Axes_are_picked_and_made_logarithmic()
    {
        await using var page = await browser.OpenFile(html);
        await page.IsDescribed("scatter", "^accuracy \\(validation\\) over latency");

        await page["x-metric"].SelectOptionAsync("size");
        await page["x-log"].CheckAsync();
        await page["y-metric"].SelectOptionAsync("speedup");

        await page.IsDescribed("scatter", "^speed-up over the reference over size of the .onnx file: 60 models");
        page.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e-3)]
    [InlineData(1e-5)]
    public async Task Marks_of_an_axis_differ_however_little_its_values_do(double spread)
    {
        await using var page = await browser.OpenFile(HtmlReport.Write(ReportSamples.Of(20, spread: spread)));

        foreach (var metric in new[] { "size", "latency-p50", "speedup", "accuracy" })
        {
            await page["x-metric"].SelectOptionAsync(metric);
            var marks = await page.Page.EvaluateAsync<string[]>(
                "() => { const { customValues, formatter } = echarts.getInstanceByDom(document.getElementById('scatter')).getOption().xAxis[0].axisLabel; return customValues.map(formatter); }");

            marks.Length.ShouldBeGreaterThan(2, metric);
            marks.ShouldBeUnique(metric);
        }
    }

    [Fact]
    public async Task A_brush_over_points_selects_them_everywhere_and_is_taken_back()
    {
        await using var page = await browser.OpenFile(html);

        await page.Drag("scatter", (0.12, 0.05), (0.55, 0.6));

        await page.IsDescribed("scatter", "[1-9][0-9]* are selected");
        var selected = int.Parse((await page.Text("count")).Split(' ')[0]);
        selected.ShouldBeInRange(1, Models - 1);
        await page.IsDescribed("parallel", $" {selected} are selected");
        await page["zoom-in"].ClickAsync();
        await page.Saw("count", $"{Models} of {Models} models.");
        await page["zoom-out"].ClickAsync();
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_brush_along_an_axis_of_the_settings_filters_table_and_scatter()
    {
        await using var page = await browser.OpenFile(html);
        await page["parallel"].ScrollIntoViewIfNeededAsync();
        var width = (await page["parallel"].BoundingBoxAsync())!.Width;
        var axis = (60 + (width - 130) * 1 / 7) / width;

        await page.Drag("parallel", (axis, 0.15), (axis, 0.5));

        await page.IsDescribed("scatter", "[1-9][0-9]* are selected");
        var ratios = (await page.Column(5)).Select(double.Parse).ToList();
        ratios.Count.ShouldBeInRange(1, Models - 1);
        ratios.Min().ShouldBeGreaterThan(0.5);
        await page.Page.Locator("#settings .clear").ClickAsync();
        await page.Saw("count", $"{Models} of {Models} models.");
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_table_is_sorted_searched_and_filtered()
    {
        await using var page = await browser.OpenFile(html);

        await page.Page.Locator("[data-sort=accuracy]").ClickAsync();
        (await page.Page.Locator("th[aria-sort=descending]").InnerTextAsync()).ShouldStartWith("accuracy");
        var accuracies = await page.Column(8);
        accuracies.ShouldBe(accuracies.OrderDescending());

        await page["search"].FillAsync("channel static");
        await page.Saw("count", "are selected");
        (await page.Column(4)).ShouldAllBe(method => method == "channel");
        (await page.Column(7)).ShouldAllBe(scheme => scheme == "static");

        await page["search"].FillAsync("");
        await page.Page.Locator("#more-filters summary").ClickAsync();
        await page.Page.Locator("#filters fieldset", new() { HasText = "quantize.scheme" }).GetByLabel("static").UncheckAsync();
        await page.Page.Locator("#filters").GetByLabel("prune.ratio from").FillAsync("0.6");
        await page.Saw("count", "are selected");
        (await page.Column(7)).ShouldAllBe(scheme => scheme != "static");
        (await page.Column(5)).ShouldAllBe(ratio => double.Parse(ratio) >= 0.6);
    }

    [Fact]
    public async Task Two_models_are_compared_side_by_side()
    {
        await using var page = await browser.OpenFile(html);

        await page["compare-a"].FillAsync("3");
        await page["compare-b"].FillAsync("0");

        await page.Saw("compare-table", "trial 3 against trial 0");
        await page.Saw("compare-table", "lower");
        await page["compare-b"].FillAsync("999");
        await page.Saw("compare-problem", "There is no measured model of trial 999.");
    }

    [Fact]
    public async Task Numbers_are_written_as_the_console_writes_them()
    {
        var data = ReportSamples.Of(Models);
        await using var page = await browser.OpenFile(html);

        for (var column = 0; column < 4; column++)
        {
            var metric = new[] { "accuracy", "latency-p50", "size", "speedup" }[column];
            var expected = data.Outcome.Points.Take(50).Select(p => Grid.Client.Drawing.MetricText.Of(metric, p.Metrics[metric]));
            (await page.Column(8 + column)).ShouldBe(expected);
        }
    }

    [Fact]
    public async Task Downloads_hold_what_is_selected()
    {
        await using var page = await browser.OpenFile(html);
        await page["search"].FillAsync("static");
        await page.Saw("count", "are selected");
        var selected = int.Parse((await page.Text("count")).Split(' ')[0]);

        var csv = (await page.Download("save-csv")).TrimEnd().Split("\r\n");
        var points = JsonNode.Parse(await page.Download("save-json"))!["points"]!.AsArray();

        csv.Length.ShouldBe(selected + 1);
        points.Count.ShouldBe(selected);
        points.ShouldAllBe(p => p!["config"]!["quantize.scheme"]!.GetValue<string>() == "static");
        csv[0].ShouldContain("accuracy [1],accuracy low,accuracy high,accuracy provenance");
        csv[1].Split(',')[7].ShouldBe(points[0]!["metrics"]!["accuracy"]!["value"]!.ToJsonString());
        page.Complaints.ShouldBeEmpty();
        page.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task All_of_it_works_by_keyboard()
    {
        await using var page = await browser.OpenFile(html);
        await page["scatter"].FocusAsync();

        await page.Page.Keyboard.PressAsync("ArrowRight");
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await page.Saw("announce", "trial ");
        var walked = (await page.Text("announce")).Split(',')[0];
        await page.Saw("details", walked[0..1].ToUpperInvariant() + walked[1..]);
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Saw("announce", "marked");

        await page.Page.Locator("[data-sort=size]").FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Microsoft.Playwright.Assertions.Expect(page.Page.Locator("th[aria-sort=ascending]")).ToHaveTextAsync("size");
        (await page.Page.EvaluateAsync<string>("document.activeElement.dataset.sort")).ShouldBe("size");
        await page.Page.Keyboard.PressAsync("Space");
        await Microsoft.Playwright.Assertions.Expect(page.Page.Locator("th[aria-sort=descending]")).ToHaveTextAsync("size");
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_chart_tells_in_words_what_it_shows()
    {
        await using var page = await browser.OpenFile(html);

        foreach (var (chart, words) in new[]
        {
            ("scatter", "on the frontier; recommended is trial"), ("parallel", "A line for each of 60 models"), ("volume", "The hypervolume over trials: "),
            ("importance", "Share of the variance of accuracy"), ("energy-chart", "Energy of an inference, from ~"),
        })
            await page.IsDescribed(chart, System.Text.RegularExpressions.Regex.Escape(words));
        (await page.Page.Locator("[role=img]:not([aria-label])").CountAsync()).ShouldBe(0);
        (await page.Page.Locator("#details a").GetAttributeAsync("href")).ShouldStartWith("http://127.0.0.1/trace/0");
    }

    [Fact]
    public async Task The_command_that_makes_a_model_again_holds_a_sweep_of_it()
    {
        await using var page = await browser.OpenFile(html);
        await page.Page.Locator("[data-trial='7']").ClickAsync();
        await page.Saw("details", "Trial 7");

        var lines = (await page.Page.Locator("#details pre").Last.InnerTextAsync()).Split('\n');

        lines[0].ShouldBe("grid run /dev/stdin --home ./again <<'SWEEP'");
        lines[^1].ShouldBe("SWEEP");
        SweepFile.Parse(string.Join('\n', lines[1..^1]), "again.yaml").Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_control_has_a_name()
    {
        await using var page = await browser.OpenFile(html);
        await page.IsDescribed("scatter", "60 models");

        var nameless = await page.Page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('button, select, input, [tabindex]')].filter(e => !e.labels?.length && !e.textContent.trim() && !e.ariaLabel && !e.getAttribute('aria-labelledby')).map(e => e.outerHTML)");

        nameless.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Microsoft.Playwright.ColorScheme.Light)]
    [InlineData(Microsoft.Playwright.ColorScheme.Dark)]
    public async Task Texts_stand_out_in_both_themes(Microsoft.Playwright.ColorScheme theme)
    {
        await using var page = await browser.OpenFile(html, theme: theme);

        var weakest = await page.Page.EvaluateAsync<double>("""
            () => {
              const style = getComputedStyle(document.documentElement), of = name => style.getPropertyValue(`--${name}`).trim();
              const light = colour => [1, 3, 5].map(i => parseInt(colour.slice(i, i + 2), 16) / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
                .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
              const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
              return Math.min(...['ink', 'quiet', 'mark', 'frontier', 'reference', 'out', 'warn'].flatMap(text => ['paper', 'card', 'sunk'].map(ground => contrast(of(text), of(ground)))));
            }
            """);

        // What WCAG 2.2 asks of text at level AA.
        weakest.ShouldBeGreaterThanOrEqualTo(4.5);
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1920)]
    public async Task It_is_as_wide_as_the_window(int width)
    {
        await using var page = await browser.OpenFile(html, width);
        await page.IsDescribed("scatter", "60 models");

        (await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        page.Complaints.ShouldBeEmpty();
    }
}
