using System.Numerics;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Sweeps.Space;

/// <summary>
/// The swept parameters of one stage. Conditions never reach across stages, so the distinct configurations of a sweep are the
/// product of the distinct choices of its stages.
/// </summary>
internal sealed class StageSpace
{
    private readonly StageSettings fixedValues;
    private readonly HashSet<string> swept;
    private readonly string[] switches;
    private readonly Lazy<IReadOnlyList<StageSettings>> choices;

    public StageSpace(Sweep sweep, StageKind stage)
    {
        Stage = stage;
        fixedValues = sweep.Fixed;
        Domains = [.. sweep.Space.Where(d => ParameterCatalog.Find(d.Key)?.Stage == stage)];
        swept = [.. Domains.Select(d => d.Key)];
        switches = [.. swept.Where(key => ParameterCatalog.Find(key)!.Off is not null)];
        Combinations = Domains.Aggregate((BigInteger?)BigInteger.One, (product, domain) => product * domain.Size);
        choices = new(Enumerate);
    }

    public StageKind Stage { get; }

    public IReadOnlyList<ParameterDomain> Domains { get; }

    /// <summary>Ways to choose a value for each swept parameter; null when a range has no count.</summary>
    public BigInteger? Combinations { get; }

    /// <summary>The distinct choices in canonical form. Only for a stage with few enough combinations to list.</summary>
    public IReadOnlyList<StageSettings> Choices => choices.Value;

    /// <summary>The swept values that matter, by key, out of a value for each swept parameter.</summary>
    public IEnumerable<KeyValuePair<string, string>> Canonical(IReadOnlyDictionary<string, string> chosen)
    {
        var active = ActiveSettings.Of(Stage, p => chosen.GetValueOrDefault(p.Key) ?? fixedValues.GetValueOrDefault(p.Key));
        if (active is null)
            return [];
        return ParameterCatalog.Of(Stage)
            .Where(p => swept.Contains(p.Key) && active.ContainsKey(p.Name))
            .Select(p => KeyValuePair.Create(p.Key, active[p.Name]));
    }

    /// <summary>
    /// The settings a canonical configuration gives this stage, by name; null when the stage is left out. A stage whose switches
    /// (such as prune.ratio) are swept is off when the configuration has none of them: a stage that is on keeps them all.
    /// </summary>
    public StageSettings? Settings(StageSettings configuration)
    {
        if (switches.Length > 0 && !switches.Any(configuration.ContainsKey))
            return null;
        var active = ActiveSettings.Of(Stage, p => configuration.GetValueOrDefault(p.Key) ?? fixedValues.GetValueOrDefault(p.Key));
        return active is null ? null : new StageSettings(active);
    }

    /// <summary>Whether a configuration without any value of this stage leaves it out.</summary>
    public bool CanBeLeftOut => Settings(StageSettings.Empty) is null;

    /// <summary>The values that leave this stage out of a trial: none, or the switch to set where the stage is always on.</summary>
    public IEnumerable<KeyValuePair<string, string>> LeftOut =>
        CanBeLeftOut ? [] : ParameterCatalog.Of(Stage).Where(p => p.Off is not null).Take(1).Select(p => KeyValuePair.Create(p.Key, p.Off!));

    private static IReadOnlyList<string> Listed(ParameterDomain domain) =>
        domain.Values ?? [.. Enumerable.Range(0, (int)domain.Size!).Select(i => StageSettings.Spell(domain.Range!.From + i))];

    private List<StageSettings> Enumerate()
    {
        var values = Domains.Select(Listed).ToArray();
        var chosen = new Dictionary<string, string>();
        var seen = new HashSet<StageSettings>();
        var distinct = new List<StageSettings>();

        void Choose(int depth)
        {
            if (depth == values.Length)
            {
                var settings = new StageSettings(Canonical(chosen));
                if (seen.Add(settings))
                    distinct.Add(settings);
                return;
            }
            foreach (var value in values[depth])
            {
                chosen[Domains[depth].Key] = value;
                Choose(depth + 1);
            }
        }

        Choose(0);
        return distinct;
    }
}
