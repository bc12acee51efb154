using Grid.Experiments.Datasets.Generated;
using Grid.Experiments.Datasets.Idx;

namespace Grid.Experiments.Datasets;

/// <summary>Loads datasets by name: draws them, or reads and checks their files, fetching those that are nowhere.</summary>
public sealed class DatasetStore(DatasetFolders folders, IReadOnlyList<DatasetDefinition> catalog, HttpClient http)
{
    private static readonly HttpClient SharedHttp = new();

    /// <summary>The catalog's datasets in the folders that the environment names.</summary>
    public static DatasetStore FromEnvironment() => new(DatasetFolders.FromEnvironment(), DatasetCatalog.All, SharedHttp);

    /// <summary>The folder with the dataset's files; null when they are not on this machine, or when there are none to have.</summary>
    /// <exception cref="DatasetException">There is no such dataset, or the user's folder holds only part of it.</exception>
    public string? Locate(string name) => Find(name) is { Files: { } files } definition ? folders.Find(definition, files) : null;

    /// <summary>Downloads what is missing, so that <see cref="Locate"/> finds it. Does nothing for generated data.</summary>
    /// <exception cref="DatasetException">There is no such dataset, or it cannot be had; the message says where to put it by hand.</exception>
    public async Task FetchAsync(
        string name, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        var definition = Find(name);
        if (definition.Files is not { } files || folders.Find(definition, files) is not null)
            return;
        var folder = folders.CacheOf(definition);
        try
        {
            Directory.CreateDirectory(folder);
            await new DatasetDownload(http)
                .FetchAsync(DatasetFolders.Missing(folder, files), files.Mirrors, folder, progress, cancellation)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is DatasetException or IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(
                $"{name} is not on this machine and cannot be fetched: {e.Message} Put {string.Join(", ", files.All.Select(f => f.PackedName))} "
                + $"(or unpacked, without .gz) into {folder}, or into {name} below the folder that {DatasetFolders.DataVariable} names"
                + $" ({folders.Data ?? "it is not set"}).",
                e);
        }
    }

    /// <summary>
    /// Reads and checks the files that <see cref="Locate"/> finds; about half a second for 70,000 images of 28x28. Does nothing where there
    /// are none.
    /// </summary>
    /// <exception cref="DatasetException">There is no such dataset, or one of its files is missing or damaged.</exception>
    public void Verify(string name)
    {
        var definition = Find(name);
        if (definition.Files is { } files && folders.Find(definition, files) is { } folder)
            ReadFolder(folder, definition, files);
    }

    /// <summary>Loads and splits a dataset; blocks, and downloads it first when it is nowhere.</summary>
    /// <exception cref="DatasetException">
    /// There is no such dataset, its content is not what the settings name, the split asks for more than there is, or its files are
    /// missing or damaged.
    /// </exception>
    public Dataset Load(DataSettings settings, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        var definition = Find(settings.Name);
        if (settings.ContentHash != definition.ContentHash)
            throw new DatasetException(
                $"{settings.Name} was asked for with content {settings.ContentHash}, but this version of Grid knows it with content "
                + $"{definition.ContentHash}. Run the sweep with the version that planned it, or submit it anew.");
        var (train, test) = definition.Files is { } files ? ReadFiles(definition, files, progress, cancellation) : DigitPainter.Draw();
        return DatasetSplit.Split(definition, settings, train, test);
    }

    private DatasetDefinition Find(string name) =>
        catalog.FirstOrDefault(d => d.Name == name)
        ?? throw new DatasetException($"There is no dataset '{name}'; choose one of {string.Join(", ", catalog.Select(d => d.Name))}.");

    private (ImageSet Train, ImageSet Test) ReadFiles(
        DatasetDefinition definition, DatasetFiles files, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        if (folders.Find(definition, files) is null)
            FetchAsync(definition.Name, progress, cancellation).GetAwaiter().GetResult();
        var folder = folders.Find(definition, files)
            ?? throw new DatasetException($"The files of {definition.Name} vanished from {folders.CacheOf(definition)}; run again.");
        return ReadFolder(folder, definition, files);
    }

    private (ImageSet Train, ImageSet Test) ReadFolder(string folder, DatasetDefinition definition, DatasetFiles files) => (
        ReadPair(folder, definition, files.TrainImages, files.TrainLabels, definition.TrainCount),
        ReadPair(folder, definition, files.TestImages, files.TestLabels, definition.TestCount));

    private ImageSet ReadPair(string folder, DatasetDefinition definition, DatasetFile images, DatasetFile labels, int count) => new(
        ReadFile(folder, images, IdxShape.Images(count, definition.Rows, definition.Columns), _ => { }),
        ReadFile(folder, labels, IdxShape.Labels(count), body => IdxReader.CheckLabels(body, definition.Classes)),
        definition.Rows,
        definition.Columns);

    private byte[] ReadFile(string folder, DatasetFile file, IdxShape shape, Action<byte[]> check)
    {
        var path = DatasetFolders.PathOf(folder, file) ?? Path.Combine(folder, file.PackedName);
        try
        {
            var (body, sha256) = IdxReader.Read(path, shape);
            check(body);
            if (sha256 != file.Sha256)
                throw new InvalidDataException(
                    Owner(sha256) is { } owner
                        ? $"it belongs to {owner}"
                        : $"its content was changed (SHA-256 unpacked {sha256}, expected {file.Sha256})");
            return body;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(
                $"{path} cannot be used: {e.Message.TrimEnd('.')}. Replace it with the original {file.PackedName}"
                + (folder.StartsWith(folders.Cache, StringComparison.Ordinal) ? ", or delete it to have it downloaded again." : "."),
                e);
        }
    }

    private string? Owner(string sha256) =>
        catalog.Where(d => d.Files is not null)
            .SelectMany(d => d.Files!.All, (d, file) => (d.Name, File: file))
            .Where(x => x.File.Sha256 == sha256)
            .Select(x => $"{x.Name}, whose {x.File.Name} it is")
            .FirstOrDefault();
}
