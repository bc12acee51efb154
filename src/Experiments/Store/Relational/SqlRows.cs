using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Store.Relational;

/// <summary>Between rows and records. Columns are read by position, in the order of the migration scripts.</summary>
internal static class SqlRows
{
    private const int TrialColumns = 8;
    private const int StageColumns = 20;
    private const int LeaseUntil = 11;

    public static ExperimentRow Experiment(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), Names<ExperimentStatus>.Parse(row.GetString(3)),
        row.GetInt64(4) != 0, Time(row.GetInt64(5)), row.IsDBNull(6) ? null : Time(row.GetInt64(6)),
        row.GetInt64(7) != 0, Text(row, 10))
    {
        Share = Share(row, 8),
    };

    public static PoolShare Share(DbDataReader row) => Share(row, 0);

    private static PoolShare Share(DbDataReader row, int first) => new(row.GetInt32(first), row.IsDBNull(first + 1) ? null : row.GetInt32(first + 1));

    public static TrialRow Trial(DbDataReader row) => new(
        row.GetString(0), row.GetInt32(1), row.GetString(2), row.GetInt64(3) != 0, Names<TrialStatus>.Parse(row.GetString(4)),
        row.GetString(5), row.GetString(6), Text(row, 7));

    /// <summary>A stage, followed by the store's time.</summary>
    public static StageRow Stage(DbDataReader row) => Stage(row, null);

    /// <param name="spec">The specification if the caller has it: its JSON need not be read then.</param>
    public static StageRow Stage(DbDataReader row, StageSpec? spec) => Stage(row, 0, spec) with
    {
        LeaseLeft = row.IsDBNull(LeaseUntil) ? null : TimeSpan.FromMilliseconds(row.GetInt64(LeaseUntil) - row.GetInt64(StageColumns)),
    };

    private static StageRow Stage(DbDataReader row, int first, StageSpec? spec) => new(
        row.GetString(first),
        spec ?? Spec(row, first),
        Names<StageStatus>.Parse(row.GetString(first + 7)),
        row.GetInt32(first + 8),
        row.GetInt32(first + 9),
        Text(row, first + 10),
        null,
        Text(row, first + 12),
        Json(row, first + 13, StageJson.Default.StageResult),
        row.IsDBNull(first + 14) ? null : row.GetDouble(first + 14),
        Text(row, first + 15),
        row.GetString(first + 17),
        Text(row, first + 16),
        Text(row, first + 18));

    public static TrialResult Result(DbDataReader row)
    {
        const int leaf = TrialColumns, test = leaf + StageColumns;
        return new TrialResult(Trial(row), Stage(row, leaf, null), row.IsDBNull(test) ? null : Stage(row, test, null));
    }

    public static TrialMetrics Metrics(DbDataReader row) => new(
        row.GetInt32(0), row.GetString(1), row.GetInt64(2) != 0, (Json(row, 4, StageJson.Default.ResultMetrics) ?? ResultMetrics.Empty).Metrics, row.GetString(3));

    public static Spending Spending(DbDataReader row) => new(
        row.GetDouble(1), new Metric(row.IsDBNull(2) ? null : row.GetDouble(2), "J", Names<Provenance>.Parse(row.GetString(3))),
        row.GetInt32(4), row.GetInt32(5), Text(row, 6));

    public static EventRow Event(DbDataReader row) =>
        new(row.GetString(0), row.GetInt64(1), Time(row.GetInt64(2)), row.GetString(3), row.GetString(4));

    public static StageLinks Links(DbDataReader row) =>
        new(row.GetString(0), Names<StageStatus>.Parse(row.GetString(1)), Text(row, 2), Text(row, 3), Text(row, 4), Text(row, 5));

    public static StageCount Count(DbDataReader row) =>
        new(Names<StageKind>.Parse(row.GetString(0)), Names<StageStatus>.Parse(row.GetString(1)), row.GetInt64(2));

    public static ExperimentCount ExperimentCount(DbDataReader row) => new(Names<ExperimentStatus>.Parse(row.GetString(0)), row.GetInt64(1));

    public static QueueCount Queue(DbDataReader row) => new(
        row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.IsDBNull(3) ? null : TimeSpan.FromMilliseconds(row.GetInt64(3)));

    public static long Number(DbDataReader row) => row.GetInt64(0);

    public static long Time(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static long Milliseconds(TimeSpan duration) => (long)duration.TotalMilliseconds;

    public static string Json<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type);

    private static StageSpec Spec(DbDataReader row, int first) => new(
        Names<StageKind>.Parse(row.GetString(first + 1)),
        Json(row, first + 2, StageJson.Default.StageSettings)!,
        Text(row, first + 3),
        Text(row, first + 4),
        Json(row, first + 5, StageJson.Default.DataSettings),
        row.IsDBNull(first + 6) ? null : row.GetInt64(first + 6));

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static T? Json<T>(DbDataReader row, int column, JsonTypeInfo<T> type) where T : class =>
        row.IsDBNull(column) ? null : JsonSerializer.Deserialize(row.GetString(column), type);
}

/// <summary>An enumeration as it stands in a column: the lower-case name.</summary>
internal static class Names<T> where T : struct, Enum
{
    private static readonly Dictionary<T, string> ByValue = Enum.GetValues<T>().ToDictionary(v => v, v => v.ToString().ToLowerInvariant());
    private static readonly Dictionary<string, T> ByName = ByValue.ToDictionary(pair => pair.Value, pair => pair.Key);

    public static string Of(T value) => ByValue[value];

    public static T Parse(string name) => ByName[name];
}
