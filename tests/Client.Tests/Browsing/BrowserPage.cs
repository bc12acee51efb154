using Microsoft.Playwright;

namespace Grid.Client.Tests.Browsing;

/// <summary>A page in the browser, and everything that went wrong on it.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];
    private readonly List<string> requests = [];

    private BrowserPage(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"{message.Type}: {message.Text}");
        page.PageError += (_, error) => Note(true, error);
        page.Dialog += async (_, dialog) =>
        {
            Note(true, $"a dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        page.Request += (_, request) =>
        {
            lock (requests)
                requests.Add(request.Url);
        };
    }

    public IPage Page { get; }

    /// <summary>Errors, warnings and dialogs so far.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (complaints)
                return [.. complaints];
        }
    }

    /// <summary>What it asked for beside itself; what it makes by itself, such as a file to download, is no request.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (requests)
                return [.. requests.Where(r => r != Page.Url && !r.StartsWith("blob:", StringComparison.Ordinal))];
        }
    }

    public static async Task<BrowserPage> Open(IBrowserContext context, string address)
    {
        var page = new BrowserPage(context, await context.NewPageAsync());
        await page.Page.GotoAsync(address);
        return page;
    }

    /// <summary>The one element with that id.</summary>
    public ILocator this[string id] => Page.Locator($"#{id}");

    public Task<string> Text(string id) => this[id].InnerTextAsync();

    /// <summary>Waits until a text stands in an element.</summary>
    public Task Saw(string id, string text) => Assertions.Expect(this[id]).ToContainTextAsync(text);

    /// <summary>Waits until an element is described so to those who do not see it.</summary>
    public Task IsDescribed(string id, string pattern) =>
        Assertions.Expect(this[id]).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex(pattern));

    /// <summary>Presses the mouse at one place of an element and lets go at another; places from 0 to 1.</summary>
    public async Task Drag(string id, (double X, double Y) from, (double X, double Y) to)
    {
        await this[id].ScrollIntoViewIfNeededAsync();
        var box = (await this[id].BoundingBoxAsync())!;
        await Page.Mouse.MoveAsync(At(box.X, box.Width, from.X), At(box.Y, box.Height, from.Y));
        await Page.Mouse.DownAsync();
        await Page.Mouse.MoveAsync(At(box.X, box.Width, to.X), At(box.Y, box.Height, to.Y), new() { Steps = 8 });
        await Page.Mouse.UpAsync();

        static float At(float start, float length, double place) => (float)(start + length * place);
    }

    /// <summary>What a button gives to be saved.</summary>
    public async Task<string> Download(string id)
    {
        var download = await Page.RunAndWaitForDownloadAsync(() => this[id].ClickAsync());
        return await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
    }

    /// <summary>The texts of a column of the table of all models, by the number of the column.</summary>
    public async Task<IReadOnlyList<string>> Column(int number) =>
        [.. (await Page.Locator($"#table tbody tr td:nth-child({number})").AllInnerTextsAsync()).Select(t => t.Split('\n')[0].Trim())];

    public ValueTask DisposeAsync() => context.DisposeAsync();

    private void Note(bool wrong, string text)
    {
        if (!wrong)
            return;
        lock (complaints)
            complaints.Add(text);
    }
}
