using System.Net;
using Grid.Client.Live;
using Grid.Client.Tests.Browsing;
using Grid.Client.Tests.Report;
using Grid.Experiments.Store;

namespace Grid.Client.Tests.Live;

/// <summary>The live page and its server, with a sweep that the test itself moves on.</summary>
public sealed class LivePageTests(Browser browser)
{
    private static LiveFrame Frame(ExperimentStatus status = ExperimentStatus.Running, int done = 0) => new()
    {
        Id = "sample-12345678",
        Status = status,
        Elapsed = TimeSpan.FromSeconds(12),
        TrialsTotal = 30,
        TrialsSucceeded = done,
        Slots = [new SlotLine("train", "epochs=3", 0.4, "epoch 2/5", TimeSpan.FromSeconds(3))],
    };

    private static LivePage Page(int models) => new(Frame(done: models), ReportSamples.Of(models, status: ExperimentStatus.Running));

    [Fact]
    public async Task It_follows_the_sweep_to_its_end_and_keeps_what_was_chosen()
    {
        var live = Page(5);
        await using (var server = await LiveServer.Start(live, 0))
        {
            await using var page = await browser.Open(server.Address);
            await page.IsDescribed("scatter", ": 5 models");
            await page.Saw("progress-now", "epoch 2/5");
            await page.Saw("live", "running for 12 s");
            await page["x-metric"].SelectOptionAsync("size");
            await page["search"].FillAsync("channel");
            await page["search"].FocusAsync();
            await page["compare-a"].FillAsync("3");
            await page["search"].FocusAsync();

            live.Show(ReportSamples.Of(20, status: ExperimentStatus.Running));
            live.Show(Frame(done: 20));

            await page.IsDescribed("scatter", "over size of the .onnx file: 20 models");
            await page.Saw("count", "of 20 models are selected");
            await page.Saw("progress-now", "trials 20 of 30");
            (await page.Page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("search");
            (await page["compare-a"].InputValueAsync()).ShouldBe("3");

            live.Show(ReportSamples.Of(30, failed: 1));
            live.Show(Frame(ExperimentStatus.Done, 30));
            await page.Saw("failures", "It failed.");
            await page.IsDescribed("scatter", ": 30 models");
            var closing = server.DisposeAsync();

            await page.Saw("live", "The run has ended");
            await page.Saw("status", "done");
            await closing;
            page.Complaints.Where(c => !c.Contains("ERR_CONNECTION_REFUSED")).ShouldBeEmpty();
            page.Requests.ShouldAllBe(r => r.StartsWith(server.Address));
        }
    }

    [Fact]
    public async Task Every_class_of_machines_is_a_choice_with_numbers_of_its_own()
    {
        var live = new LivePage(Frame(), ReportSamples.Of(5, devices: ["xeon-1", "arm-1"]), ReportSamples.Of(7, devices: ["arm-1", "xeon-1"]));
        await using var server = await LiveServer.Start(live, 0);
        await using var page = await browser.Open(server.Address);
        await page.IsDescribed("scatter", ": 5 models");
        await page.Saw("facts", "xeon-1, one of 2 device classes (xeon-1, arm-1), each with a frontier of its own");
        await page["search"].FillAsync("channel");

        await page["device"].SelectOptionAsync("arm-1");

        await page.IsDescribed("scatter", ": 7 models");
        await page.Saw("count", "7 of 7 models.");
        await page.Saw("facts", "arm-1, one of");
        live.Show(ReportSamples.Of(6, devices: ["xeon-1", "arm-1"]), ReportSamples.Of(9, devices: ["arm-1", "xeon-1"]));
        live.Show(Frame(done: 9));
        await page.IsDescribed("scatter", ": 9 models");
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_says_when_nobody_answers_and_goes_on_when_somebody_does()
    {
        var first = await LiveServer.Start(Page(5), 0);
        var port = new Uri(first.Address).Port;
        await using var page = await browser.Open(first.Address);
        await page.Saw("live", "running for");
        await first.DisposeAsync();
        await page.Saw("live", "The console that served this page has ended");

        await using var second = await LiveServer.Start(Page(8), port);

        await page.Saw("live", "running for 12 s");
        await page.IsDescribed("scatter", ": 8 models");
    }

    [Theory]
    [InlineData("GET", "evil.example", null, HttpStatusCode.MisdirectedRequest)]
    [InlineData("GET", null, "cross-site", HttpStatusCode.MisdirectedRequest)]
    [InlineData("POST", null, null, HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", null, "same-origin", HttpStatusCode.OK)]
    [InlineData("GET", "localhost", null, HttpStatusCode.OK)]
    public async Task Only_its_own_page_reads_it(string method, string? host, string? site, HttpStatusCode expected)
    {
        await using var server = await LiveServer.Start(Page(2), 0);
        using var http = new HttpClient { BaseAddress = new Uri(server.Address) };
        using var request = new HttpRequestMessage(new HttpMethod(method), "report");
        if (host is not null)
            request.Headers.Host = $"{host}:{http.BaseAddress.Port}";
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(expected);
        answer.Headers.GetValues("Cross-Origin-Resource-Policy").ShouldBe(["same-origin"]);
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Fact]
    public async Task Many_viewers_cost_one_document()
    {
        var page = Page(5);

        var pages = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(page.Html)));

        pages.Distinct(ReferenceEqualityComparer.Instance).Count().ShouldBe(1);
        page.Report(page.Server, 1).ShouldBeNull();
        page.Report("another", 1).ShouldNotBeNull();
    }

    [Fact]
    public async Task Who_asks_for_what_is_new_waits_until_it_is()
    {
        var page = Page(5);
        var known = (await page.Progress(null, 0, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken))!;

        (await page.Progress(page.Server, known.Version, TimeSpan.Zero, TestContext.Current.CancellationToken)).ShouldBeNull();
        var waiting = page.Progress(page.Server, known.Version, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        waiting.IsCompleted.ShouldBeFalse();
        page.Show(Frame(done: 9));

        (await waiting)!.Trials.Succeeded.ShouldBe(9);
    }
}
