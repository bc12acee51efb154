namespace Grid.Client.Kubernetes;

/// <summary>What a user asks for: the number of silos by pool.</summary>
internal static class PoolSizes
{
    /// <summary>More silos than anybody has; a number beyond it is a slip of the hand.</summary>
    private const int Most = 10_000;

    /// <summary>Reads "train=8".</summary>
    /// <exception cref="UserException">Lists everything that is wrong.</exception>
    public static IReadOnlyDictionary<string, int> Parse(IReadOnlyList<string> words)
    {
        var sizes = new Dictionary<string, int>();
        var complaints = new List<string>();
        foreach (var word in words)
        {
            if (word.Split('=') is not [{ Length: > 0 } pool, var number])
                complaints.Add($"'{word}' is not POOL=N, for example train=8.");
            else if (!int.TryParse(number, out var size) || size is < 0 or > Most)
                complaints.Add($"'{word}': '{number}' must be a whole number from 0 to {Most}.");
            else if (!sizes.TryAdd(pool, size))
                complaints.Add($"'{word}': pool {pool} is named twice.");
        }
        return complaints.Count == 0 ? sizes : throw new UserException(complaints);
    }

    /// <summary>The pool that each name means.</summary>
    /// <exception cref="UserException">Lists every name that means none, several, or one that scales itself.</exception>
    public static IReadOnlyList<(ScalablePool Pool, int Size)> Match(IReadOnlyDictionary<string, int> sizes, IReadOnlyList<ScalablePool> pools)
    {
        var complaints = sizes.Keys.Select(name => Complaint(name, [.. pools.Where(p => p.Name == name)], pools)).OfType<string>().ToList();
        return complaints.Count == 0
            ? [.. sizes.Select(s => (pools.Single(p => p.Name == s.Key), s.Value))]
            : throw new UserException(complaints);
    }

    private static string? Complaint(string name, IReadOnlyList<ScalablePool> named, IReadOnlyList<ScalablePool> all) => named switch
    {
        [] => $"There is no pool '{name}'; there are {string.Join(", ", all.Select(p => p.Name).Distinct())}.",
        [{ ScaledBy: { } scaler } pool] =>
            $"Pool {name} is scaled by {scaler}, which would undo it. Change the limits of its ScaledObject, or pause that: " +
            $"kubectl annotate scaledobject {pool.Deployment} autoscaling.keda.sh/paused-replicas=N",
        [_] => null,
        _ => $"Pool {name} means several Deployments: {string.Join(", ", named.Select(p => p.Deployment))}. Give each a {ScalablePool.Label} of its own.",
    };
}
