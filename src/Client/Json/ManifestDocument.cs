using System.Text.Json.Nodes;

namespace Grid.Client.Json;

/// <summary>The answer of <c>export</c>, which also lies beside the models as manifest.json.</summary>
/// <param name="Folder">Absolute path of the folder it was written to.</param>
/// <param name="Sweep">The sweep as it was run.</param>
/// <param name="Device">The class of machines that the models were measured on.</param>
internal sealed record ManifestDocument(string Experiment, string Folder, JsonNode? Sweep, IReadOnlyList<ManifestModel> Models, string Device);

/// <param name="File">Name of the file in the folder.</param>
/// <param name="Packed">Whether it is the packed form, which <c>grid unpack</c> turns back into the .onnx file.</param>
/// <param name="Bytes">Length of that file.</param>
/// <param name="Seeds">The seeds whose results the metrics are means of; the file is the model of one of them.</param>
/// <param name="Sha256">Of the .onnx file.</param>
internal sealed record ManifestModel(
    string File, bool Packed, long Bytes, int Trial, IReadOnlyDictionary<string, JsonNode?> Config, IReadOnlyList<long> Seeds,
    IReadOnlyDictionary<string, MetricDocument> Metrics, string Sha256, IReadOnlyList<string> Notes);

/// <summary>The answer of <c>unpack</c>.</summary>
/// <param name="File">Absolute path of the .onnx file.</param>
internal sealed record UnpackDocument(string File, long Bytes, string Sha256);

/// <summary>The answer of <c>report</c>.</summary>
/// <param name="Report">Absolute path of the page.</param>
/// <param name="Others">Those of the sweep's other classes; none where one was named.</param>
internal sealed record ReportDocument(string Experiment, string Report, string Device, IReadOnlyList<WrittenReport> Others);

/// <param name="Report">Absolute path of the page.</param>
internal sealed record WrittenReport(string Report, string Device);
