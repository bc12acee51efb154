using System.Globalization;
using System.Text.RegularExpressions;
using Grid.Experiments.Stages;
using Grid.Experiments.Telemetry;
using Grid.Tests;
using Npgsql;

namespace Grid.Cluster.Tests.Grafana;

/// <summary>Asks what dashboards ask, as Grafana does, and judges the answers.</summary>
/// <param name="connection">Of the role that Grafana has.</param>
internal sealed partial class Panels(PrometheusServer prometheus, string connection)
{
    /// <summary>What is 0 as long as nothing goes wrong; it must be told all the same.</summary>
    private static readonly string[] mayBeZero =
    [
        "cluster.json: Leases reclaimed", "cluster.json: Results refused", "cluster.json: Share that failed", "cluster.json: Thread pool queue",
        "cluster.json: Exceptions",
    ];

    private static readonly string kinds = string.Join(", ", Enum.GetValues<StageKind>().Select(k => $"'{Words.Of(k)}'"));

    /// <summary>What Orleans tells only once it has happened. A test of the names alone stands in tests/Deploy.Tests.</summary>
    public static IReadOnlyList<string> TellsOnlyTrouble { get; } = ["cluster.json: What should not happen"];

    /// <summary>What the panel shows, in a few words; null for nothing that is of use.</summary>
    /// <param name="sweep">What the variable of that name is set to.</param>
    public Task<string?> Show(DashboardQuery query, string sweep) => query.Language switch
    {
        QueryLanguage.PromQl => Chart(query, sweep),
        QueryLanguage.Sql => Rows(query, sweep),
        _ => throw new NotSupportedException("Traces are not asked for here."),
    };

    /// <summary>With every variable set as Grafana sets it.</summary>
    public static string Fill(DashboardQuery query, string sweep, string x = "latency-p50", string y = "accuracy", string device = "local")
    {
        var text = query.Text
            .Replace("${sweep:sqlstring}", $"'{sweep}'").Replace("${sweep}", sweep).Replace("${x:sqlstring}", $"'{x}'").Replace("${y:sqlstring}", $"'{y}'")
            .Replace("${device:sqlstring}", $"'{device}'")
            .Replace("${kind:sqlstring}", kinds).Replace("${kind:pipe}", ".*").Replace("$kind", ".*").Replace("$pool", ".*").Replace("$silo", ".*")
            .Replace("$__rate_interval", "30s").Replace("$__range", "5m");
        text = TimeFilter().Replace(text, "${of} between now() - interval '1 hour' and now() + interval '1 hour'");
        text.ShouldNotContain("$", customMessage: query.Place);
        return text;
    }

    /// <summary>Rows by column, with the right of Grafana's role.</summary>
    public async Task<IReadOnlyList<IReadOnlyDictionary<string, object?>>> Ask(string sql)
    {
        await using var session = new NpgsqlConnection(connection);
        await session.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, session);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<IReadOnlyDictionary<string, object?>>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, i => reader.IsDBNull(i) ? null : reader.GetValue(i)));
        return rows;
    }

    private async Task<string?> Chart(DashboardQuery query, string sweep)
    {
        var series = await prometheus.Range(Fill(query, sweep));
        var finite = series.Select(s => (s.Labels, Values: s.Values.Where(double.IsFinite).ToList())).Where(s => s.Values.Count > 0).ToList();
        var telling = finite.Where(s => mayBeZero.Contains(query.Place) || s.Values.Any(v => v != 0)).ToList();
        return telling.Count == 0 ? null : string.Join("; ", telling.Take(4).Select(s => $"{s.Labels}: {Word(s.Values.Min())} to {Word(s.Values.Max())}"))
            + (telling.Count > 4 ? $"; and {telling.Count - 4} more" : "");
    }

    /// <summary>There must be rows, and no column may be empty in all of them.</summary>
    private async Task<string?> Rows(DashboardQuery query, string sweep)
    {
        var rows = await Ask(Fill(query, sweep));
        return rows.Count == 0 || rows[0].Keys.Any(column => rows.All(r => r[column] is null))
            ? null
            : $"{rows.Count} rows such as {string.Join(", ", rows[^1].Select(c => $"{c.Key} {Word(c.Value)}"))}";
    }

    private static string Word(object? value) => value switch
    {
        null => "-",
        double number => number.ToString("G4", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!.ReplaceLineEndings(" ") is { Length: > 40 } text ? text[..40] + "..." : $"{value}",
    };

    [GeneratedRegex(@"\$__timeFilter\((?<of>to_timestamp\([^)]*\)|\w+)\)")]
    private static partial Regex TimeFilter();
}
