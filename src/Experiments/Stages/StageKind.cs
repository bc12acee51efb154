using System.Text.Json.Serialization;

namespace Grid.Experiments.Stages;

/// <summary>What a stage does. Every stage but the first reads an ONNX model; every stage but the last two writes one.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StageKind>))]
public enum StageKind
{
    /// <summary>Builds a network of the zoo or imports a user's file.</summary>
    [JsonStringEnumMemberName("source")] Source,
    [JsonStringEnumMemberName("train")] Train,
    [JsonStringEnumMemberName("prune")] Prune,
    [JsonStringEnumMemberName("finetune")] FineTune,
    [JsonStringEnumMemberName("quantize")] Quantize,

    /// <summary>Validation accuracy, latency, size and energy of a model in the runtime it is deployed with.</summary>
    [JsonStringEnumMemberName("measure")] Measure,

    /// <summary>Accuracy on the test split, once, for what ended on the frontier.</summary>
    [JsonStringEnumMemberName("test")] Test,
}
