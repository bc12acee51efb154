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
    public static Task<ManifestDocument> Write(
        IArtifactStore artifacts, ExperimentRow experiment, string device, IReadOnlyList<Point> points, string folder, bool packed,
        CancellationToken cancellation) => Write(artifacts, experiment, device, points, folder, folder, packed, cancellation);

    /// <summary>The same in place of all that is in the folder, once it is whole: several consoles may watch the same sweep to its end.</summary>
    /// <exception cref="UserException">A model is gone or damaged, or the folder cannot be written.</exception>
    /// <exception cref="IOException">What is there cannot be replaced.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static async Task Replace(IArtifactStore artifacts, ExperimentRow experiment, string device, IReadOnlyList<Point> points, string folder)
    {
        var fresh = FolderSwap.Beside(folder);
        try
        {
            await Write(artifacts, experiment, device, points, fresh, folder, packed: false, CancellationToken.None);
            FolderSwap.Put(fresh, folder);
        }
        catch (UserException e)
        {
            throw new UserException(e.Message.Replace(fresh, folder, StringComparison.Ordinal));
        }
        finally
        {
            FolderSwap.Remove(fresh);
        }
    }

    /// <param name="named">Where the manifest says that the models are.</param>
    private static async Task<ManifestDocument> Write(
        IArtifactStore artifacts, ExperimentRow experiment, string device, IReadOnlyList<Point> points, string folder, string named, bool packed,
        CancellationToken cancellation)
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
        var manifest = new ManifestDocument(experiment.Id, named, JsonNode.Parse(experiment.Sweep), models, device);
        ModelCopy.Write(Encoding.UTF8.GetBytes(JsonDocuments.Write(manifest)), Path.Combine(folder, ManifestName));
        return manifest;
    }
}
