using Grid.Experiments.Sweeps.Files.Yaml;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Experiments.Sweeps.Files;

/// <summary>
/// Refuses widths that can never be what they say: static quantization computes in int8. Beside another scheme, where the list of widths
/// serves both, wider ones stand for 8 bits with static (see <see cref="ParameterCatalog"/>).
/// </summary>
internal static class QuantizeCheck
{
    private const string Scheme = "quantize.scheme";
    private const string Bits = "quantize.bits";

    public static void Run(YamlMap? space, IReadOnlyList<ParameterDomain> domains, FixedValues fixedValues, SweepErrors errors)
    {
        var schemes = Offered(Scheme, domains, fixedValues);
        if (!schemes.Contains("static") || (PlaceIn(space) ?? fixedValues.PlaceOf(Bits)) is not { } place)
            return;
        var bits = Offered(Bits, domains, fixedValues);
        var wide = bits.Where(IsWide).ToList();
        var isAlone = schemes.All(s => s is "none" or "static");
        if (wide.Count > 0 && (isAlone || wide.Count == bits.Count))
            errors.Add(place.Line, place.Column, Bits, string.Join(", ", wide),
                $"scheme static computes in int8; accepted{(isAlone ? "" : ", for static among the schemes")}: auto or 2 to {ParameterCatalog.BitsOfInt8}.");
    }

    private static YamlItem? PlaceIn(YamlMap? space) => space?.Entries.FirstOrDefault(e => e.Key.Text == Bits)?.Value;

    private static IReadOnlyList<string> Offered(string key, IReadOnlyList<ParameterDomain> domains, FixedValues fixedValues) =>
        domains.FirstOrDefault(d => d.Key == key) is not { } domain ? [fixedValues.Given.GetValueOrDefault(key, ParameterCatalog.Find(key)!.Default)]
            : domain.Values ?? [domain.Range!.At(0), domain.Range.At(1)];

    private static bool IsWide(string bits) =>
        NumberRule.TryParse(bits, out var number) && number > ParameterCatalog.BitsOfInt8;
}
