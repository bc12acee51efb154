using Microsoft.Playwright;

namespace Grid.Benchmarks.Report;

/// <summary>
/// How fast a report is to its reader, in Chromium without a graphics processor: from opening the file to all of it being drawn, and from one redraw to the
/// next while a hand drags over the points or along an axis of the settings.
/// </summary>
internal static class PageSpeed
{
    private const string Program = "/usr/bin/chromium";

    /// <summary>How it is started: without a graphics processor.</summary>
    public static BrowserTypeLaunchOptions Chromium { get; } = new() { ExecutablePath = Program, Args = ["--no-sandbox", "--disable-gpu"] };

    private const int Rounds = 5, Moves = 60;

    /// <summary>Notes when the page has been drawn, and when it shows another selection than before.</summary>
    private const string Watch = """
        window.selections = [];
        window.drawn = new Promise(done => {
          const shown = new MutationObserver(() => {
            selections.push(performance.now());
            requestAnimationFrame(() => setTimeout(() => done(performance.now())));
          });
          const parsed = new MutationObserver(() => {
            const count = document.getElementById('count');
            if (!count) return;
            parsed.disconnect();
            shown.observe(count, { childList: true });
          });
          parsed.observe(document, { childList: true, subtree: true });
        });
        """;

    /// <summary>Seconds to draw, and milliseconds between redraws over the points and along an axis.</summary>
    public sealed record Times(List<double> Drawn, List<double> Points, List<double> Axis);

    /// <returns>Null where there is no Chromium.</returns>
    public static async Task<Times?> Of(string file)
    {
        if (!File.Exists(Program))
            return null;
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(Chromium);
        var times = new Times([], [], []);
        for (var round = 0; round < Rounds; round++)
        {
            await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 } });
            var page = await context.NewPageAsync();
            await page.AddInitScriptAsync(Watch);
            await page.GotoAsync(new Uri(file).AbsoluteUri);
            times.Drawn.Add(await page.EvaluateAsync<double>("drawn") / 1000);
            times.Points.AddRange(await Drag(page, "scatter", (0.15, 0.08), (0.9, 0.85)));
            await page.Locator("#frontier .clear").ClickAsync();
            // The first axis stands there, see boxOf in parallel.js.
            var width = (await page.Locator("#parallel").BoundingBoxAsync())!.Width;
            times.Axis.AddRange(await Drag(page, "parallel", (60 / width, 0.2), (60 / width, 0.9)));
        }
        return times;
    }

    /// <summary>Milliseconds between the selections that are seen while a hand drags from one place to another and some way back; places from 0 to 1.</summary>
    private static async Task<IEnumerable<double>> Drag(IPage page, string id, (double X, double Y) from, (double X, double Y) to)
    {
        await page.Locator($"#{id}").ScrollIntoViewIfNeededAsync();
        var box = (await page.Locator($"#{id}").BoundingBoxAsync())!;
        await Move(0);
        await page.Mouse.DownAsync();
        await page.EvaluateAsync("selections.length = 0");
        // One move is always under way while the next is sent: the browser is never waited for by the hand.
        var last = Task.CompletedTask;
        for (var move = 1; move <= Moves; move++)
        {
            var next = Move(Math.Min(move, (3 * Moves / 2) - move) / (0.75 * Moves));
            await last;
            last = next;
        }
        await last;
        var seen = await page.EvaluateAsync<double[]>("selections");
        await page.Mouse.UpAsync();
        return seen.Zip(seen.Skip(1), (before, after) => after - before);

        Task Move(double share) => page.Mouse.MoveAsync(
            (float)(box.X + box.Width * (from.X + share * (to.X - from.X))), (float)(box.Y + box.Height * (from.Y + share * (to.Y - from.Y))));
    }
}
