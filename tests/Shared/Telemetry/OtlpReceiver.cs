using System.Collections.Concurrent;
using Google.Protobuf;
using Grid.Tests.Otlp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Tests;

/// <summary>Takes what processes export by OTLP over HTTP, and keeps it.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, ReceivedSpan> spans = [];
    private readonly ConcurrentDictionary<string, string> metrics = [];

    private OtlpReceiver(WebApplication app) => this.app = app;

    /// <summary>What a process must have in its environment to export here, without waiting long.</summary>
    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
    };

    /// <summary>Every span so far.</summary>
    public IReadOnlyList<ReceivedSpan> Spans => [.. spans.Values];

    /// <summary>Units of the metrics so far, by name.</summary>
    public IReadOnlyDictionary<string, string> Metrics => metrics;

    /// <summary>Listens on a free port of loopback.</summary>
    public static async Task<OtlpReceiver> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new OtlpReceiver(app);
        app.Run(receiver.Take);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Waits for what comes when its process finds the time.</summary>
    public async Task Until(Func<IReadOnlyList<ReceivedSpan>, bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (!condition(Spans))
        {
            patience.IsCancellationRequested.ShouldBeFalse($"Only these came: {string.Join(", ", Spans.Select(s => $"{s.Service} {s.Name}"))}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task Take(HttpContext call)
    {
        using var body = new MemoryStream();
        await call.Request.Body.CopyToAsync(body);
        body.Position = 0;
        switch (call.Request.Path.Value)
        {
            case "/v1/traces":
                foreach (var resource in ExportTraces.Parser.ParseFrom(body).ResourceSpans)
                    foreach (var span in resource.ScopeSpans.SelectMany(s => s.Spans).Select(span => ReceivedSpan.Of(resource.Resource, span)))
                        spans[span.Id] = span;
                break;
            case "/v1/metrics":
                foreach (var metric in ExportMetrics.Parser.ParseFrom(body).ResourceMetrics.SelectMany(r => r.ScopeMetrics).SelectMany(s => s.Metrics))
                    metrics[metric.Name] = metric.Unit;
                break;
            default:
                call.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }
}

/// <param name="Service">service.name of its process.</param>
/// <param name="Parent">Id of the span that it is a part of; empty for none.</param>
internal sealed record ReceivedSpan(
    string Service, string Name, string Trace, string Id, string Parent, ulong Begin, ulong End, IReadOnlyDictionary<string, object?> Attributes)
{
    /// <summary>Trace and span of each.</summary>
    public IReadOnlyList<(string Trace, string Id)> Links { get; init; } = [];

    public IReadOnlyList<(string Name, IReadOnlyDictionary<string, object?> Attributes)> Events { get; init; } = [];

    public bool Failed { get; init; }

    public static ReceivedSpan Of(Resource resource, Span span) => new(
        Values(resource.Attributes).GetValueOrDefault("service.name") as string ?? "", span.Name, Hex(span.TraceId), Hex(span.SpanId),
        Hex(span.ParentSpanId), span.StartTimeUnixNano, span.EndTimeUnixNano, Values(span.Attributes))
    {
        Links = [.. span.Links.Select(l => (Hex(l.TraceId), Hex(l.SpanId)))],
        Events = [.. span.Events.Select(e => (e.Name, Values(e.Attributes)))],
        Failed = span.Status?.Code == 2,
    };

    private static Dictionary<string, object?> Values(IEnumerable<KeyValue> attributes) => attributes.ToDictionary(a => a.Key, a => a.Value.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue => a.Value.StringValue,
        AnyValue.ValueOneofCase.IntValue => a.Value.IntValue,
        AnyValue.ValueOneofCase.DoubleValue => a.Value.DoubleValue,
        AnyValue.ValueOneofCase.BoolValue => (object)a.Value.BoolValue,
        _ => null,
    });

    private static string Hex(ByteString bytes) => Convert.ToHexStringLower(bytes.Span);
}
