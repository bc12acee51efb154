using System.Text.Json.Nodes;
using Grid.Client.Tests.Browsing;

namespace Grid.Client.Tests.Report;

/// <summary>The report of what stands in a store.</summary>
public sealed class ReportOfStoreTests(Browser browser) : IAsyncLifetime
{
    private readonly TemporaryHome home = TemporaryHome.Create();

    public async ValueTask InitializeAsync() => await StoredSweep.AddTo(home);

    public ValueTask DisposeAsync() => home.DisposeAsync();

    [Fact]
    public async Task Its_numbers_are_those_of_the_store()
    {
        var file = (await ConsoleRun.Of("report", "latest", "--home", home.Path)).Output.TrimEnd();
        var frontier = (await ConsoleRun.Of("frontier", "latest", "--home", home.Path, "--json")).Document;
        await using var page = await browser.Open(new Uri(file).AbsoluteUri);

        var saved = JsonNode.Parse(await page.Download("save-json"))!["points"]!.AsArray().ToDictionary(p => p!["trial"]!.GetValue<int>());
        var csv = await page.Download("save-csv");

        var points = frontier["frontier"]!.AsArray().Concat(frontier["dominated"]!.AsArray()).ToList();
        points.Count.ShouldBe(saved.Count);
        foreach (var point in points)
        {
            foreach (var (name, metric) in point!["metrics"]!.AsObject())
                JsonNode.DeepEquals(saved[point["trial"]!.GetValue<int>()]!["metrics"]![name], metric).ShouldBeTrue();
            csv.ShouldContain($",{point["metrics"]!["accuracy"]!["value"]!.ToJsonString()},");
        }
        await page.Saw("details", "grid export " + StoredSweep.Id + " --trial 2");
        await page.Saw("failures", StoredSweep.Failure);
        await page.Saw("volume-text", "When trials were measured is not recorded");
        page.Complaints.ShouldBeEmpty();
        page.Requests.ShouldBeEmpty();
    }
}
