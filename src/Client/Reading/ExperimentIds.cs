using Grid.Experiments.Store;

namespace Grid.Client.Reading;

/// <summary>Finds the experiment a user means: by its id, its sweep's name where that is unique, or as the latest.</summary>
internal static class ExperimentIds
{
    public const string Latest = "latest";
    private const int MostListed = 20;

    /// <exception cref="UserException">None or several fit; the message lists the ids there are.</exception>
    public static ExperimentRow Resolve(IReadOnlyList<ExperimentRow> all, string asked, string home)
    {
        if (all.Count == 0)
            throw new UserException($"There is no experiment in {home} yet. Start one with: grid run FILE");
        if (all.FirstOrDefault(e => e.Id == asked) is { } exact)
            return exact;
        if (asked == Latest)
            return all.MaxBy(e => e.CreatedAt)!;
        var named = all.Where(e => e.Name == asked).ToList();
        return named.Count switch
        {
            1 => named[0],
            0 => throw new UserException($"There is no experiment '{asked}' in {home}. There are: {List(all)}."),
            _ => throw new UserException($"{named.Count} experiments are named '{asked}'. Say which by its id: {List(named)}."),
        };
    }

    private static string List(IReadOnlyList<ExperimentRow> rows)
    {
        var newest = rows.OrderByDescending(e => e.CreatedAt).Take(MostListed).Select(e => e.Id);
        return string.Join(", ", newest) + (rows.Count > MostListed ? $" and {rows.Count - MostListed} more (see: grid list)" : "");
    }
}
