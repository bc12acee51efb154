using Grid.Experiments.Datasets;

namespace Grid.Client.Doctor;

/// <summary>Which datasets lie on this machine, whole.</summary>
internal static class DataChecks
{
    public static Check Of(DatasetDefinition data, DatasetStore store)
    {
        var name = $"data {data.Name}";
        if (data.Generated)
            return Check.Ok(name, "generated, needs no files");
        try
        {
            store.Verify(data.Name);
            return store.Locate(data.Name) is { } folder
                ? Check.Ok(name, folder)
                : Check.Warning(name, "not on this machine", $"A sweep that needs it downloads it; ahead of time: grid data {data.Name} --download. Or set {DatasetFolders.DataVariable} to a folder that holds {data.Name}.");
        }
        catch (DatasetException e)
        {
            return Check.Problem(name, "cannot be used", e.Message);
        }
    }
}
