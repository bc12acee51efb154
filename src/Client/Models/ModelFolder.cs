using System.Text;
using System.Text.Json.Nodes;
using Grid.Client.Json;
using Grid.Experiments.Frontier;
using Grid.Experiments.Store;

namespace Grid.Client.Models;

/// <summary>Writes models into a folder, with a manifest that says what each is.</summary>
internal static class ModelFolder
{
    public const string ManifestName = "manifest.json";

    /// <summary>Writes a file for each point, and the manifest last: where it is, the models are too.</summary>
    /// <param name="device">The class of machines that the points were measured on.</param>
    /// <exception cref="UserException">A model is gone or damaged, or the folder cannot be written.</exception>
    public static async Task<ManifestDocument> Write(
        IArtifactStore artifacts, ExperimentRow experiment, string device, IReadOnlyList<Point> points, string folder, bool packed, CancellationToken cancellation)
    {
        var models = new List<ManifestModel>();
        foreach (var point in points)
        {
            cancellation.ThrowIfCancellationRequested();
            var file = $"trial-{point.Trial:0000}{(packed ? ModelCopy.PackedExtension : ModelCopy.Extension)}";
            var bytes = await ModelCopy.Write(artifacts, point.Sha256, Path.Combine(folder, file), packed);
            models.Add(new(
                file, packed, bytes, point.Trial, PointDocument.ConfigOf(point.Config), point.Seeds, PointDocument.MetricsOf(point.Metrics), point.Sha256,
                point.Notes));
        }
        var manifest = new ManifestDocument(experiment.Id, folder, JsonNode.Parse(experiment.Sweep), models, device);
        ModelCopy.Write(Encoding.UTF8.GetBytes(JsonDocuments.Write(manifest)), Path.Combine(folder, ManifestName));
        return manifest;
    }
}
