using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Grid.Benchmarks.Report;

/// <summary>
/// What a live page that somebody looks at does to the latencies that are measured beside it: the models of the quickstart are measured again and again on
/// one machine, by turns with nobody looking and with the page open in Chromium.
/// </summary>
internal static class LookingOn
{
    private const int Rounds = 2;

    /// <summary>A measurement's own interval is a few per cent; a page that added more than this would be felt.</summary>
    private const double Limit = 1.02;

    /// <returns>0, or 1 when latencies are longer with a page open, beyond doubt and the limit.</returns>
    public static async Task<int> Run()
    {
        var folder = Directory.CreateTempSubdirectory("grid-looking-").FullName;
        try
        {
            using var playwright = await Playwright.CreateAsync();
            await using var browser = await playwright.Chromium.LaunchAsync(PageSpeed.Chromium);
            // Trains all models; what follows only measures.
            await Measure(folder, 0, null);
            var (ratios, again) = (new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                // Who comes first changes, as does the machine with time.
                var runs = new Dictionary<int, double>[3];
                foreach (var turn in round % 2 == 0 ? [0, 1, 2] : new[] { 2, 1, 0 })
                    runs[turn] = await Measure(folder, 1 + (3 * round) + turn, turn == 1 ? browser : null);
                ratios.AddRange(runs[1].Select(m => m.Value / Math.Sqrt(runs[0][m.Key] * runs[2][m.Key])));
                again.AddRange(runs[2].Select(m => m.Value / runs[0][m.Key]));
                Console.WriteLine($"  round {round + 1}: {Text(ratios[^runs[1].Count..])}; nobody both times {Text(again[^runs[1].Count..])}");
            }
            Console.WriteLine($"latency with the live page open over that without, {ratios.Count} pairs: {Text(ratios)} (at most {Limit})");
            Console.WriteLine($"latency without over that without, for comparison: {Text(again)}");
            return Interval(ratios).Low <= Limit ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Latencies by trial.</summary>
    /// <param name="number">Another one measures all models again.</param>
    /// <param name="browser">Looks at the live page; null for nobody.</param>
    private static async Task<Dictionary<int, double>> Measure(string folder, int number, IBrowser? browser)
    {
        var file = Path.Combine(folder, "sweep.yaml");
        await File.WriteAllTextAsync(file, $"{await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Report", "quickstart.yaml"))}\nmeasure: {{ batch: {64 + number} }}\n");
        var home = Path.Combine(folder, "home");
        var page = browser is null ? null : await browser.NewPageAsync();
        await Ask(["run", file, "--home", home, "--slots", "1", "--page", "--json"], async line =>
        {
            if (page is not null && line.StartsWith("Live: ", StringComparison.Ordinal))
                await page.GotoAsync(line["Live: ".Length..]);
        });
        if (page is not null)
            await page.CloseAsync();
        var found = await Ask(["frontier", "latest", "--home", home, "--json"], _ => Task.CompletedTask);
        return found["frontier"]!.AsArray().Concat(found["dominated"]!.AsArray())
            .ToDictionary(p => p!["trial"]!.GetValue<int>(), p => p!["metrics"]!["latency-p50"]!["value"]!.GetValue<double>());
    }

    /// <summary>The console's document.</summary>
    private static async Task<JsonNode> Ask(string[] arguments, Func<string, Task> told)
    {
        using var console = Process.Start(new ProcessStartInfo(Programs.Console(), arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var listening = Task.Run(async () =>
        {
            while (await console.StandardError.ReadLineAsync() is { } line)
                await told(line);
        });
        var document = JsonNode.Parse(await console.StandardOutput.ReadToEndAsync())!;
        await listening;
        await console.WaitForExitAsync();
        return console.ExitCode == 0 ? document : throw new InvalidOperationException($"grid {arguments[0]} ended with {console.ExitCode}: {document}");
    }

    private static string Text(IReadOnlyList<double> ratios) => Interval(ratios) is var (mean, low, high) ? $"{mean:0.000} ({low:0.000} to {high:0.000})" : "";

    /// <summary>Mean of the logarithms, with its 95 % interval.</summary>
    private static (double Mean, double Low, double High) Interval(IReadOnlyList<double> ratios)
    {
        var logs = ratios.Select(ratio => Math.Log(ratio)).ToList();
        var mean = logs.Average();
        var half = 1.96 * Math.Sqrt(logs.Sum(l => (l - mean) * (l - mean)) / (logs.Count - 1) / logs.Count);
        return (Math.Exp(mean), Math.Exp(mean - half), Math.Exp(mean + half));
    }
}
