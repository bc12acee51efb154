using System.Numerics;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Sweeps.Space;

/// <summary>Everything a sweep may try.</summary>
public sealed class SearchSpace
{
    /// <summary>The largest grid that is tried or listed in full.</summary>
    public const int MostCombinations = 1_000_000;

    private readonly StageSpace[] stages;

    public SearchSpace(Sweep sweep)
    {
        stages = [.. sweep.Pipeline.Prepend(StageKind.Train).Select(stage => new StageSpace(sweep, stage))];
        Domains = [.. stages.SelectMany(s => s.Domains)];
        Combinations = stages.Aggregate((BigInteger?)BigInteger.One, (product, stage) => product * stage.Combinations);
    }

    /// <summary>The swept parameters, by stage.</summary>
    public IReadOnlyList<ParameterDomain> Domains { get; }

    /// <summary>Ways to choose a value for each swept parameter, before equal ones collapse; null when a range has no count.</summary>
    public BigInteger? Combinations { get; }

    /// <summary>Distinct configurations; null when there are too many combinations to tell.</summary>
    public long? Configurations => Combinations <= MostCombinations ? stages.Aggregate(1L, (product, stage) => product * stage.Choices.Count) : null;

    /// <summary>The same, less the uncompressed reference where it is one of them.</summary>
    public long? ConfigurationsBesideReference => Configurations is { } all ? all - (ContainsReference ? 1 : 0) : null;

    internal IReadOnlyList<StageSpace> Stages => stages;

    private bool ContainsReference => stages.Skip(1).All(s => s.CanBeLeftOut && s.Choices.Contains(StageSettings.Empty));

    /// <summary>The canonical configuration for a place in [0, 1) on each domain, in the order of <see cref="Domains"/>.</summary>
    public StageSettings At(ReadOnlySpan<double> places)
    {
        var chosen = new Dictionary<string, string>();
        for (var i = 0; i < Domains.Count; i++)
            chosen[Domains[i].Key] = Domains[i].At(places[i]);
        return new StageSettings(stages.SelectMany(s => s.Canonical(chosen)));
    }

    /// <summary>
    /// The distinct configuration of that number, from 0 to below <see cref="Configurations"/>. Later stages change faster, so that
    /// neighbours share what the earlier ones compute.
    /// </summary>
    public StageSettings At(long number)
    {
        IEnumerable<KeyValuePair<string, string>> values = [];
        for (var i = stages.Length - 1; i >= 0; i--)
        {
            (number, var choice) = Math.DivRem(number, stages[i].Choices.Count);
            values = values.Concat(stages[i].Choices[(int)choice]);
        }
        return new StageSettings(values);
    }

    /// <summary>
    /// The values of the uncompressed model that trials are compared with: every compression stage left out, the first value of
    /// what is swept in training. Where a stage is always on, the value that switches it off stands among them.
    /// </summary>
    public StageSettings Reference()
    {
        var first = stages[0].Domains.ToDictionary(d => d.Key, d => d.First);
        return new StageSettings(stages[0].Canonical(first).Concat(stages.Skip(1).SelectMany(s => s.LeftOut)));
    }
}
