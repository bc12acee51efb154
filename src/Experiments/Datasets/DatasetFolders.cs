namespace Grid.Experiments.Datasets;

/// <summary>Where files of datasets may lie; each dataset has a folder of its own name in either.</summary>
/// <param name="Data">The user's folder, which Grid only reads; null for none.</param>
/// <param name="Cache">Grid's own folder, to which it downloads.</param>
public sealed record DatasetFolders(string? Data, string Cache)
{
    public const string DataVariable = "GRID_DATA";

    /// <summary>$GRID_DATA, and $XDG_CACHE_HOME/grid/data or ~/.cache/grid/data.</summary>
    public static DatasetFolders FromEnvironment()
    {
        var data = Environment.GetEnvironmentVariable(DataVariable);
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");

        // The XDG specification has relative paths ignored.
        if (!Path.IsPathFullyQualified(cache ?? ""))
            cache = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return new(string.IsNullOrWhiteSpace(data) ? null : Path.GetFullPath(data), Path.Combine(cache!, "grid", "data"));
    }

    /// <summary>The dataset's folder in the cache, whether it exists or not.</summary>
    public string CacheOf(DatasetDefinition definition) => Path.Combine(Cache, definition.Name);

    /// <summary>The folder that holds all files of the dataset, the user's before the cache; null when neither does.</summary>
    /// <exception cref="DatasetException">The user's folder holds some of the files but not all.</exception>
    public string? Find(DatasetDefinition definition, DatasetFiles files)
    {
        if (Data is not null)
        {
            var folder = Path.Combine(Data, definition.Name);
            var missing = Missing(folder, files);
            if (missing.Count == 0)
                return folder;
            if (missing.Count < files.All.Count)
                throw new DatasetException(
                    $"{folder} lacks {string.Join(", ", missing.Select(f => f.PackedName))} (unpacked is as good). "
                    + $"Add what is missing, or move the folder away to have Grid look in {CacheOf(definition)}.");
        }
        return Missing(CacheOf(definition), files).Count == 0 ? CacheOf(definition) : null;
    }

    /// <summary>The files of which the folder has neither the packed nor the unpacked form.</summary>
    public static IReadOnlyList<DatasetFile> Missing(string folder, DatasetFiles files) =>
        [.. files.All.Where(file => PathOf(folder, file) is null)];

    /// <summary>The path of a file in that folder, packed or not; null when it is not there.</summary>
    public static string? PathOf(string folder, DatasetFile file) =>
        new[] { file.PackedName, file.Name }.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
