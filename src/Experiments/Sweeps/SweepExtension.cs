using System.Text.Json.Nodes;
using Grid.Experiments.Sweeps.Space;
using Grid.Experiments.Sweeps.Strategies;

namespace Grid.Experiments.Sweeps;

/// <summary>Whether a sweep tries everything that another one does, and more, so that it can go on in its place.</summary>
public static class SweepExtension
{
    /// <summary>Members of a sweep's JSON that decide what a trial is, or how trials compare.</summary>
    private static readonly string[] kept = ["name", "model", "data", "pipeline", "fixed", "objectives", "constraints", "measure"];

    /// <summary>What keeps one sweep from extending another, a sentence each; none when it does.</summary>
    public static IReadOnlyList<string> Obstacles(Sweep old, Sweep wider)
    {
        var (before, after) = (Json(old), Json(wider));
        List<string> obstacles =
        [
            .. kept.Where(m => !JsonNode.DeepEquals(before[m], after[m])).Select(m => $"{m} differs: it was {Text(before[m])}, and is {Text(after[m])}."),
            .. Strategy(old, wider),
            .. Space(old, wider),
        ];
        if (old.Seeds.Except(wider.Seeds).ToList() is { Count: > 0 } seeds)
            obstacles.Add($"seeds lack {string.Join(", ", seeds)}, which the experiment has.");
        if (obstacles.Count == 0 && SweepJson.Write(old) == SweepJson.Write(wider))
            obstacles.Add("It is the same sweep: add values, seeds or budget to it.");
        return obstacles;
    }

    private static IEnumerable<string> Strategy(Sweep old, Sweep wider)
    {
        var (before, after) = (old.Strategy, wider.Strategy);
        if (before.Name != after.Name || before.Seed != after.Seed)
            yield return $"strategy differs: it was {before.Name} with seed {before.Seed}, and is {after.Name} with seed {after.Seed}.";
        else if (before.Budget is { } budget ? !(after.Budget >= budget) : after.Budget is not null)
            yield return $"budget is {Budget(after.Budget)}; it was {Budget(before.Budget)}, and may only grow.";
    }

    private static IEnumerable<string> Space(Sweep old, Sweep wider)
    {
        if (!old.Space.Select(d => d.Key).Order().SequenceEqual(wider.Space.Select(d => d.Key).Order()))
        {
            yield return $"space has other parameters: it had {Keys(old)}, and has {Keys(wider)}.";
            yield break;
        }
        var sampled = old.Strategy.Name != SweepStrategies.Grid;
        // A sample is drawn by the places of values in the space: in another space it is another sample.
        if (sampled && !JsonNode.DeepEquals(Json(old)["space"], Json(wider)["space"]))
            yield return $"space differs: with the strategy {old.Strategy.Name} only budget and seeds can grow.";
        else if (!sampled)
            foreach (var (domain, other) in old.Space.Select(d => (d, wider.Space.Single(w => w.Key == d.Key))))
                if (Missing(domain, other) is { } missing)
                    yield return $"{domain.Key} lacks {missing}, which the experiment has.";
    }

    private static string? Missing(ParameterDomain domain, ParameterDomain wider) => (domain, wider) switch
    {
        ({ Values: { } values }, { Values: { } more }) => values.Except(more).ToList() is { Count: > 0 } missing ? string.Join(", ", missing) : null,
        ({ Range: { } range }, { Range: { } larger }) when domain.Values is null && wider.Values is null =>
            larger.WholeNumbers == range.WholeNumbers && larger.From <= range.From && larger.To >= range.To ? null : $"some of {range.From} to {range.To}",
        _ => "the kind of range or list",
    };

    private static JsonObject Json(Sweep sweep) =>
        JsonNode.Parse(SweepJson.Write(sweep with { Model = sweep.Model with { File = null } }))!.AsObject();

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "absent";

    private static string Budget(int? budget) => budget?.ToString() ?? "all";

    private static string Keys(Sweep sweep) => string.Join(", ", sweep.Space.Select(d => d.Key));
}
