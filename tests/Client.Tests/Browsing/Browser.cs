using Grid.Client.Tests.Browsing;
using Grid.Tests;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Grid.Client.Tests.Browsing;

/// <summary>Chromium, started when the first test asks for it.</summary>
public sealed class Browser : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";

    private static readonly string[] arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly SemaphoreSlim starting = new(1);
    private readonly TemporaryFolder folder = new();
    private IPlaywright? playwright;
    private IBrowser? browser;
    private int pages;

    /// <summary>Opens a page that lies in a file, as a user does.</summary>
    internal async Task<BrowserPage> OpenFile(string html, int width = 1280, ColorScheme theme = ColorScheme.Light, bool scripts = true)
    {
        var file = folder.File($"page-{Interlocked.Increment(ref pages)}.html");
        await File.WriteAllTextAsync(file, html, TestContext.Current.CancellationToken);
        return await Open(new Uri(file).AbsoluteUri, width, theme, scripts);
    }

    internal async Task<BrowserPage> Open(string address, int width = 1280, ColorScheme theme = ColorScheme.Light, bool scripts = true)
    {
        var context = await (await Started()).NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = theme,
            JavaScriptEnabled = scripts,
        });
        return await BrowserPage.Open(context, address);
    }

    private async Task<IBrowser> Started()
    {
        Assert.SkipUnless(File.Exists(Program), "Missing: chromium (the Debian package chromium).");
        await starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            // A machine may be busy.
            Assertions.SetDefaultExpectTimeout(60_000);
            playwright ??= await Playwright.CreateAsync();
            return browser ??= await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = arguments });
        }
        finally
        {
            starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        folder.Dispose();
        starting.Dispose();
    }
}
