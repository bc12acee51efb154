namespace Grid.Experiments.Sweeps.Space;

/// <summary>The values one swept parameter may take: a list, or a range.</summary>
/// <param name="Key">e.g. "prune.ratio".</param>
/// <param name="Values">The listed values in canonical spelling; for a range with a count, its points. Null for a range without count.</param>
/// <param name="Range">Set when the file gives a range.</param>
public sealed record ParameterDomain(string Key, IReadOnlyList<string>? Values, ParameterRange? Range = null);

/// <summary>An interval, ends included. <paramref name="Count"/> points of it make a grid; random strategies draw from all of it.</summary>
public sealed record ParameterRange(double From, double To, bool Logarithmic, bool WholeNumbers, int? Count);
