namespace Grid.Client.Comparing;

/// <summary>A setting that is not the same on both sides.</summary>
/// <param name="A">Null where it does not exist, as B.</param>
internal sealed record Differing(string Name, string? A, string? B)
{
    /// <summary>What differs of two lists of settings, in the order of the first.</summary>
    public static IReadOnlyList<Differing> Of(IReadOnlyList<KeyValuePair<string, string>> a, IReadOnlyList<KeyValuePair<string, string>> b)
    {
        var (first, second) = (a.ToDictionary(), b.ToDictionary());
        return [.. a.Concat(b).Select(s => s.Key).Distinct()
            .Select(name => new Differing(name, first.GetValueOrDefault(name), second.GetValueOrDefault(name))).Where(d => d.A != d.B)];
    }
}
