using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Grid.Silo.Telemetry;

namespace Grid.Benchmarks.Sweeps;

/// <summary>
/// What traces and metrics cost where stages do nothing: the same sweep of 10,000 trials with all of it told by OTLP to a process that takes it
/// and does nothing with it, and without, in turn.
/// </summary>
internal static class TelemetryCost
{
    private const int Ratios = 100, Rates = 100, Slots = 2, Rounds = 5;
    private const double MostCost = 0.03;

    /// <returns>0, or 1 when it took more throughput than the limit.</returns>
    public static async Task<int> Run()
    {
        using var taker = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["take"]) { RedirectStandardOutput = true })!;
        try
        {
            Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", await taker.StandardOutput.ReadLineAsync());
            Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
            var (without, with) = (new List<double>(), new List<double>());
            for (var round = 0; round <= Rounds; round++)
            {
                var (silent, telling) = (await Seconds(TelemetrySettings.None), await Seconds(new TelemetrySettings(Traces: true, Metrics: true)));
                Console.WriteLine($"  {(round == 0 ? "warming up: " : "")}{silent:0.00} s, with everything told {telling:0.00} s");
                if (round == 0)
                    continue;
                without.Add(silent);
                with.Add(telling);
            }
            var cost = 1 - without.Sum() / with.Sum();
            Console.WriteLine($"throughput that traces and metrics take: {cost:0.0 %} (at most {MostCost:0 %})");
            return cost <= MostCost ? 0 : 1;
        }
        finally
        {
            taker.Kill();
        }
    }

    /// <summary>What the other process does, until it is killed: prints where it listens, and answers every request at once.</summary>
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

    private static EndPoint FreeEndpoint()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return socket.LocalEndpoint;
    }

    private static async Task<double> Seconds(TelemetrySettings settings)
    {
        using var providers = TelemetryProviders.Start(settings, "grid-console", "benchmark", Environment.GetEnvironmentVariable);
        var (_, _, time) = await NoWorkSweep.Run(Ratios, Rates, Slots, _ => TimeSpan.Zero, settings);
        return time.TotalSeconds;
    }
}
