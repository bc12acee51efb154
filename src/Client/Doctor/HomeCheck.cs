using Grid.Client.Drawing;
using Grid.Experiments.Store;

namespace Grid.Client.Doctor;

/// <summary>Whether the home folder can be written and its store opened. A folder that is not there is not created.</summary>
internal static class HomeCheck
{
    private const string Name = "home";

    public static async Task<Check> Of(string folder)
    {
        var home = HomeFolder.At(folder);
        if (!Directory.Exists(home.FullPath))
            return Missing(home);
        try
        {
            var probe = Path.Combine(home.FullPath, $"doctor-{Guid.NewGuid():N}.tmp");
            await File.WriteAllTextAsync(probe, "");
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Check.Problem(Name, $"{home.FullPath} cannot be written: {e.Message}", "Change its permissions or name another with --home.");
        }
        if (!File.Exists(home.DatabaseFile))
            return Check.Ok(Name, $"{home.FullPath}, no experiment yet");
        try
        {
            await using var store = SqliteExperimentStore.OpenReadOnly(home.DatabaseFile);
            return Check.Ok(Name, $"{home.FullPath}, schema {SqliteExperimentStore.Schema}, {Counted.Of((await store.ListExperiments()).Count, "experiment")}");
        }
        catch (StoreException e)
        {
            return Check.Problem(Name, $"{home.FullPath}, with a store that cannot be used", e.Message);
        }
    }

    private static Check Missing(HomeFolder home)
    {
        if (home.FileInItsPlace is { } file)
            return Check.Problem(Name, $"{home.FullPath} cannot be made: {file} is a file", "Name a folder with --home.");
        var there = new DirectoryInfo(home.FullPath);
        while (!there.Exists && there.Parent is { } parent)
            there = parent;
        try
        {
            var probe = Directory.CreateDirectory(Path.Combine(there.FullName, $".grid-doctor-{Guid.NewGuid():N}"));
            probe.Delete();
            return Check.Ok(Name, $"{home.FullPath}, to be made by the first sweep");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Check.Problem(Name, $"{home.FullPath} cannot be made: {e.Message}", "Change the permissions or name another folder with --home.");
        }
    }
}
