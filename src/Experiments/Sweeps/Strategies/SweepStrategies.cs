using Grid.Experiments.Randomness;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Experiments.Sweeps.Strategies;

/// <summary>The strategies a sweep file can name.</summary>
public static class SweepStrategies
{
    public const string Grid = "grid";
    public const string Random = "random";
    public const string Sobol = "sobol";

    public static IReadOnlyList<string> Names { get; } = [Grid, Random, Sobol];

    /// <summary>
    /// A strategy at its start. It asks for every configuration once with every seed, and never for the uncompressed references,
    /// which every experiment tries beside it (<see cref="Planning.TrialChain.Reference"/>).
    /// </summary>
    /// <exception cref="ArgumentException">The sweep names no known strategy, or lacks the budget or the finite space it needs.</exception>
    public static ISweepStrategy Create(Sweep sweep)
    {
        var space = new SearchSpace(sweep);
        var seed = (ulong)sweep.Strategy.Seed;
        return sweep.Strategy.Name switch
        {
            Grid => new SequenceStrategy(Sequences.Listed(space), Listed(space, nameof(sweep)), sweep.Seeds),
            Random => Sampled(UniformPoints(new RandomStream(seed))),
            Sobol => Sampled(new SobolSequence(space.Domains.Count, seed).Next),
            var other => throw new ArgumentException($"'{other}' is not a strategy; there are {string.Join(", ", Names)}.", nameof(sweep)),
        };

        SequenceStrategy Sampled(Action<double[]> next)
        {
            var budget = sweep.Strategy.Budget
                ?? throw new ArgumentException($"The strategy {sweep.Strategy.Name} needs a budget.", nameof(sweep));
            var total = Math.Min(budget, space.ConfigurationsBesideReference ?? budget);
            return new(Sequences.Sampled(space, budget, next), total, sweep.Seeds);
        }
    }

    private static long Listed(SearchSpace space, string parameter) => space.ConfigurationsBesideReference
        ?? throw new ArgumentException($"A grid needs at most {SearchSpace.MostCombinations} combinations.", parameter);

    private static Action<double[]> UniformPoints(RandomStream random) => point =>
    {
        for (var i = 0; i < point.Length; i++)
            point[i] = random.NextDouble();
    };
}
