using System.Text.Json.Serialization;
using Grid.Experiments.Datasets;

namespace Grid.Experiments.Stages;

/// <summary>The one JSON form of stage data, in the store and between silo and runner. Generated at build: no reflection at start-up.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    // A metric that came out as NaN must be storable, to be refused where it matters: at the frontier.
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(StageOrder))]
[JsonSerializable(typeof(StageReport))]
[JsonSerializable(typeof(StageResult))]
[JsonSerializable(typeof(ResultMetrics))]
[JsonSerializable(typeof(StageSettings))]
[JsonSerializable(typeof(DataSettings))]
public sealed partial class StageJson : JsonSerializerContext;
