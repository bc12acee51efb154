using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;

namespace Grid.Client.Comparing;

/// <summary>What two sweeps have in common, by the keys of stages: computed once for both where they lie in one place.</summary>
/// <param name="Trials">Trials of A that are measured, and whose measurement is one of B's.</param>
/// <param name="Stages">Distinct stages of the trials known so far.</param>
/// <param name="OfA">Stages of A; OfB likewise.</param>
internal sealed record SharedWork(int Trials, int Stages, int OfA, int OfB)
{
    public static SharedWork Of(Side a, Side b)
    {
        var (ofA, ofB) = (Keys(a), Keys(b));
        return new(ofA.Leaves.Count(ofB.Leaves.Contains), ofA.Stages.Count(ofB.Stages.Contains), ofA.Stages.Count, ofB.Stages.Count);
    }

    private static (List<string> Leaves, HashSet<string> Stages) Keys(Side side)
    {
        var chains = new ChainBuilder(side.Sweep);
        var device = side.Sweep.Devices.ToList().IndexOf(side.Device);
        var leaves = new List<string>();
        var stages = new HashSet<string>();
        var measured = side.Results.Measured.Select(p => p.Trial).ToHashSet();
        foreach (var trial in side.Results.Trials)
        {
            var chain = chains.Build(TrialConfiguration.Parse(trial.Config));
            if (measured.Contains(trial.Number))
                leaves.Add(chain.Leaves[device].Key);
            stages.UnionWith(chain.Stages.Select(s => s.Key));
        }
        return (leaves, stages);
    }
}
