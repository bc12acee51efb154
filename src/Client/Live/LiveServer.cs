using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Grid.Client.Report;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Grid.Client.Live;

/// <summary>
/// Serves a live page to browsers on this machine. It only tells: there is nothing that a request could change. A name other than that of the loopback
/// address is refused, so that no page of the web can make itself a name for it and read along.
/// </summary>
internal sealed class LiveServer : IAsyncDisposable
{
    private const int MostConnections = 100;

    /// <summary>Which a browser does not name.</summary>
    private const int UsualPort = 80;
    private const int LongestName = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>How long pages have at most to fetch the end: they ask about once a second.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private readonly LivePage page;
    private readonly WebApplication app;

    /// <summary>The pages that are open, by the names they gave themselves.</summary>
    private readonly ConcurrentDictionary<string, Seen> viewers = new();

    /// <summary>0 until it listens.</summary>
    private int port;

    private LiveServer(LivePage page, WebApplication app) => (this.page, this.app) = (page, app);

    public string Address => $"http://127.0.0.1:{port}/";

    /// <param name="port">0 for any that is free.</param>
    /// <exception cref="IOException">It cannot listen there.</exception>
    public static async Task<LiveServer> Start(LivePage page, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxConcurrentConnections = MostConnections;
            options.Listen(IPAddress.Loopback, port);
        });
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new LiveServer(page, app);
        app.Run(server.Answer);
        try
        {
            await app.StartAsync();
        }
        catch (SocketException e)
        {
            await app.DisposeAsync();
            throw new IOException(e.Message, e);
        }
        server.port = new Uri(app.Urls.First()).Port;
        return server;
    }

    /// <summary>Lets those who look see the end.</summary>
    public async ValueTask DisposeAsync()
    {
        page.Close();
        var begun = TimeProvider.System.GetTimestamp();
        while (viewers.Values.Any(seen => seen != Seen.All) && TimeProvider.System.GetElapsedTime(begun) < Farewell)
            await Task.Delay(Tick, TimeProvider.System);
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private async Task Answer(HttpContext call)
    {
        var (request, response) = (call.Request, call.Response);
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers.ContentSecurityPolicy = "frame-ancestors 'none'";
        if (!IsHere(request.Host) || request.Headers["Sec-Fetch-Site"] == "cross-site" && request.Path != "/")
        {
            await Refuse(response, HttpStatusCode.MisdirectedRequest, $"This page is at {Address} only.");
            return;
        }
        if (!HttpMethods.IsGet(request.Method))
        {
            await Refuse(response, HttpStatusCode.MethodNotAllowed, "This page can only be read.");
            return;
        }
        var server = (string?)request.Query["server"];
        var after = int.TryParse(request.Query["after"], out var number) ? number : 0;
        switch (request.Path.Value)
        {
            case "/":
                await Send(response, "text/html; charset=utf-8", page.Html());
                break;
            case "/progress":
                await Send(response, "application/json", await Progress(call, server, after));
                break;
            case "/report":
                await Send(response, "application/json", page.Report(server, after, request.Query["device"]));
                break;
            default:
                await Refuse(response, HttpStatusCode.NotFound, $"There is nothing here; the page is at {Address}");
                break;
        }
    }

    /// <summary>A page that asks again after it was told the end has fetched all there is.</summary>
    private async Task<string?> Progress(HttpContext call, string? server, int after)
    {
        var viewer = call.Request.Query["viewer"].ToString();
        var isNamed = viewer.Length is > 0 and <= LongestName && (viewers.Count < MostConnections || viewers.ContainsKey(viewer));
        if (isNamed && viewers.GetOrAdd(viewer, Seen.Some) != Seen.Some)
        {
            viewers[viewer] = Seen.All;
            return null;
        }
        var progress = await page.Progress(server, after, call.Request.Query.ContainsKey("soon") ? Soon : Patience, call.RequestAborted);
        if (isNamed && call.RequestAborted.IsCancellationRequested)
            viewers.TryRemove(viewer, out _);
        else if (isNamed && progress is { Closed: true })
            viewers[viewer] = Seen.End;
        return progress is null ? null : HtmlReport.Json(progress);
    }

    private bool IsHere(HostString host) => host.Host is "127.0.0.1" or "localhost" && (host.Port ?? UsualPort) == port;

    private static Task Send(HttpResponse response, string type, string? text)
    {
        if (text is null)
        {
            response.StatusCode = (int)HttpStatusCode.NoContent;
            return Task.CompletedTask;
        }
        response.ContentType = type;
        return response.WriteAsync(text);
    }

    private static Task Refuse(HttpResponse response, HttpStatusCode status, string why)
    {
        response.StatusCode = (int)status;
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync(why + "\n");
    }

    /// <summary>What a page knows.</summary>
    private enum Seen
    {
        Some,
        End,
        All,
    }
}
