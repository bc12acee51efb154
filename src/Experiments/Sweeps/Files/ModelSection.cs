using Grid.Experiments.Datasets;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps.Files.Yaml;
using Grid.Experiments.Training;

namespace Grid.Experiments.Sweeps.Files;

/// <summary>The network a sweep starts from; a user's own file is read and checked here, so that a sweep of it can start.</summary>
internal static class ModelSection
{
    /// <summary>The source, and the path of the user's file if it is one; nulls, with an error, when there is none.</summary>
    /// <param name="folder">Where relative paths begin.</param>
    /// <param name="data">What a user's network must take and answer.</param>
    public static (ModelSource? Source, string? File) Read(YamlItem item, string folder, DataSettings data, SweepErrors errors)
    {
        var section = Section.Of(item, SweepFileKeys.Model, [.. FileSettings.Model.Select(s => s.Name)], errors);
        if (item is not YamlMap)
            return default;
        var values = section.Read(FileSettings.Model);
        var path = values.GetValueOrDefault(SweepFileKeys.Onnx);
        if (section.Entries.Count() != 1)
            errors.Add(item, SweepFileKeys.Model, "accepted: either zoo with the name of a network, or onnx with the path of a file.");
        else if (path is not null)
            return Own(path, Path.Combine(folder, path), DatasetCatalog.Find(data.Name)!, section[SweepFileKeys.Onnx]!, errors);
        else if (values.TryGetValue(SweepFileKeys.Zoo, out var zoo))
            return (new ModelSource(zoo), null);
        return default;
    }

    private static (ModelSource? Source, string? File) Own(string given, string path, DatasetDefinition data, YamlItem at, SweepErrors errors)
    {
        try
        {
            if (DataFit.Misfit(SourceStage.Import(path), data.Rows * data.Columns, data.Classes) is { } misfit)
                throw new StageException($"it does not fit {data.Name}: {misfit}");
            return (new ModelSource(null, Sha256Text.OfFile(path), Path.GetFileName(given)), path);
        }
        catch (Exception e) when (e is OnnxException or StageException or IOException or UnauthorizedAccessException)
        {
            errors.Add(at, $"{SweepFileKeys.Model}.{SweepFileKeys.Onnx}", $"{e.Message.TrimEnd('.')}. Accepted: the path of an .onnx file that Grid can train.");
            return default;
        }
    }
}
