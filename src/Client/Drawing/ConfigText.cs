using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Client.Drawing;

/// <summary>A trial's settings in one line, grouped by stage: "prune method=channel ratio=0.5, quantize scheme=static".</summary>
/// <param name="sweep">Whose space says what is uncompressed.</param>
internal sealed class ConfigText(Sweep sweep)
{
    private const string Uncompressed = "uncompressed";
    private readonly StageSettings reference = new SearchSpace(sweep).Reference();

    public static string Of(StageSettings config, Sweep sweep) => new ConfigText(sweep).Of(config);

    /// <summary>A trial without swept values may still be compressed, by the sweep's fixed ones; only the reference is called uncompressed.</summary>
    public string Of(StageSettings config)
    {
        if (!config.Equals(reference))
            return config.Count == 0 ? "fixed settings only" : Grouped(config);
        // What leaves out stages that are otherwise always on says nothing more than that.
        var training = config.Where(c => Stage(c.Key) == ParameterCatalog.Prefix(StageKind.Train)).ToList();
        return training.Count == 0 ? Uncompressed : $"{Uncompressed}, {Grouped(training)}";
    }

    private static string Grouped(IEnumerable<KeyValuePair<string, string>> values) =>
        string.Join(", ", values.GroupBy(c => Stage(c.Key)).Select(g => string.Join(' ', g.Select(c => $"{Name(c.Key)}={c.Value}").Prepend(g.Key)).Trim()));

    private static string Stage(string key) => key.Contains('.', StringComparison.Ordinal) ? key[..key.IndexOf('.', StringComparison.Ordinal)] : "";

    private static string Name(string key) => key[(key.IndexOf('.', StringComparison.Ordinal) + 1)..];
}
