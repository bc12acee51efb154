using Grid.Experiments.Store;

namespace Grid.Client.Reading;

/// <summary>Finds the experiment a user means: by its id or a beginning of it, its sweep's name, or as the latest.</summary>
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
        // A name wins over ids that begin with it: all ids of other sweeps named "digits-2" begin with "digits" too.
        var named = all.Where(e => e.Name == asked).ToList();
        var fitting = named.Count > 0 ? named : all.Where(e => asked.Length > 0 && e.Id.StartsWith(asked, StringComparison.Ordinal)).ToList();
        return fitting.Count switch
        {
            1 => fitting[0],
            0 => throw new UserException($"There is no experiment '{asked}' in {home}. There are: {List(all)}."),
            _ => throw new UserException($"{fitting.Count} experiments {(named.Count > 0 ? "are named" : "begin with")} '{asked}'. Say which by its id: {List(fitting)}."),
        };
    }

    private static string List(IReadOnlyList<ExperimentRow> rows)
    {
        var newest = rows.OrderByDescending(e => e.CreatedAt).Take(MostListed).Select(e => e.Id);
        return string.Join(", ", newest) + (rows.Count > MostListed ? $" and {rows.Count - MostListed} more (see: grid list)" : "");
    }
}
