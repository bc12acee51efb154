using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Grid.Silo.Telemetry;

namespace Grid.Benchmarks.Sweeps;

/// <summary>
/// What traces and metrics cost where stages do nothing: the same sweep of 10,000 trials in two processes side by side, of which one tells all of it by
/// OTLP to a third that takes it and does nothing with it. Both meet whatever else the machine does alike. Such a sweep is nothing but processor
/// time, so what that grows by is what throughput loses. Three pairs, since one process is compiled better than another that does the same.
/// </summary>
internal static class TelemetryCost
{
    public const string Telling = "telling", Silent = "silent";
    private const int Ratios = 100, Rates = 100, Slots = 2, Pairs = 3, WarmUps = 2, Rounds = 4;
    private const double MostCost = 0.03;

    /// <returns>0, or 1 when it took more throughput than the limit.</returns>
    public static async Task<int> Run()
    {
        using var taker = Start("take");
        try
        {
            var endpoint = await taker.StandardOutput.ReadLineAsync();
            var (with, without) = (0.0, 0.0);
            for (var pair = 0; pair < Pairs; pair++)
            {
                var (told, kept) = await Compare(endpoint);
                (with, without) = (with + told, without + kept);
            }
            var cost = 1 - (without / with);
            Console.WriteLine($"throughput that traces and metrics take: {cost:0.0 %} (at most {MostCost:0 %})");
            return cost <= MostCost ? 0 : 1;
        }
        finally
        {
            taker.Kill();
        }
    }

    /// <summary>Seconds of a processor that two fresh processes take for the rounds after those that warm them up.</summary>
    private static async Task<(double Told, double Kept)> Compare(string? endpoint)
    {
        using var telling = Start(Telling, endpoint);
        using var silent = Start(Silent);
        try
        {
            var (with, without) = (0.0, 0.0);
            for (var round = -WarmUps; round < Rounds; round++)
            {
                // Neither is always the one that begins.
                var (first, second) = round % 2 == 0 ? (telling, silent) : (silent, telling);
                first.StandardInput.WriteLine();
                second.StandardInput.WriteLine();
                var (told, kept) = (await Seconds(telling), await Seconds(silent));
                Console.WriteLine(FormattableString.Invariant(
                    $"  {(round < 0 ? "warming up: " : "")}{kept:0.00} s of a processor, with everything told {told:0.00} s, {told / kept:0.000} times as much"));
                if (round >= 0)
                    (with, without) = (with + told, without + kept);
            }
            return (with, without);
        }
        finally
        {
            telling.Kill();
            silent.Kill();
        }
    }

    /// <summary>What one of the two does, until it is killed: runs the sweep for every line that it gets, and prints what processor time that took.</summary>
    public static async Task<int> Sweep(bool tell)
    {
        var settings = tell ? new TelemetrySettings(Traces: true, Metrics: true) : TelemetrySettings.None;
        using var providers = TelemetryProviders.Start(settings, "grid-console", "benchmark", Environment.GetEnvironmentVariable);
        while (await Console.In.ReadLineAsync() is not null)
        {
            var before = Environment.CpuUsage.TotalTime;
            await NoWorkSweep.Run(Ratios, Rates, Slots, _ => TimeSpan.Zero, settings);
            Console.WriteLine((Environment.CpuUsage.TotalTime - before).TotalSeconds.ToString(CultureInfo.InvariantCulture));
        }
        return 0;
    }

    /// <summary>What the third does, until it is killed: prints where it listens, and answers every request at once.</summary>
    public static async Task<int> Take()
    {
        using var listener = new HttpListener();
        var address = $"http://{FreeEndpoint()}/";
        listener.Prefixes.Add(address);
        listener.Start();
        Console.WriteLine(address);
        while (true)
        {
            var call = await listener.GetContextAsync();
            await call.Request.InputStream.CopyToAsync(Stream.Null);
            call.Response.Close();
        }
    }

    private static Process Start(string what, string? endpoint = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [what]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;
        start.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        // As often as Prometheus looks in deploy/grafana.
        start.Environment["OTEL_METRIC_EXPORT_INTERVAL"] = "15000";
        return Process.Start(start)!;
    }

    private static async Task<double> Seconds(Process process) => double.Parse((await process.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);

    private static EndPoint FreeEndpoint()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return socket.LocalEndpoint;
    }
}
