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
            var (without, with) = (new List<Cost>(), new List<Cost>());
            for (var round = 0; round <= Rounds; round++)
            {
                var (silent, telling) = (await Measure(TelemetrySettings.None), await Measure(new TelemetrySettings(Traces: true, Metrics: true)));
                Console.WriteLine($"  {(round == 0 ? "warming up: " : "")}{silent}; with everything told {telling}");
                if (round == 0)
                    continue;
                without.Add(silent);
                with.Add(telling);
            }
            Console.WriteLine($"processor time: {(with.Sum(c => c.Processor) / without.Sum(c => c.Processor)) - 1:0.0 %} more");
            var cost = 1 - (without.Sum(c => c.Seconds) / with.Sum(c => c.Seconds));
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

    private static async Task<Cost> Measure(TelemetrySettings settings)
    {
        var before = Environment.CpuUsage.TotalTime;
        using var providers = TelemetryProviders.Start(settings, "grid-console", "benchmark", Environment.GetEnvironmentVariable);
        var (_, _, time) = await NoWorkSweep.Run(Ratios, Rates, Slots, _ => TimeSpan.Zero, settings);
        return new Cost(time.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }

    /// <param name="Seconds">That the sweep took.</param>
    /// <param name="Processor">Seconds of it that this process used, with the start and the end of its silo.</param>
    private sealed record Cost(double Seconds, double Processor)
    {
        public override string ToString() => FormattableString.Invariant($"{Seconds:0.00} s ({Processor:0.00} s of a processor)");
    }
}
