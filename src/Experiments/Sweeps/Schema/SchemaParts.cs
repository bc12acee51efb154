using System.Text.Json.Nodes;
using Grid.Experiments.Metrics;
using Grid.Experiments.Sweeps.Files;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Experiments.Sweeps.Schema;

/// <summary>What the schema of sweep files is put together from.</summary>
internal static class SchemaParts
{
    /// <summary>A mapping with these keys and no others.</summary>
    public static JsonObject Object(string? description, IEnumerable<(string Key, JsonObject Schema)> properties)
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(properties.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Schema))),
        };
        return description is null ? schema : Described(description, schema);
    }

    public static JsonObject Object(string description, IEnumerable<FileSetting> settings) => Object(description, settings.Select(s => (s.Name, Setting(s))));

    public static JsonObject NotEmpty(JsonObject mapping)
    {
        mapping["minProperties"] = 1;
        return mapping;
    }

    public static JsonObject Setting(FileSetting setting)
    {
        var schema = Described(setting.Description, setting.Rule.Schema());
        if (setting.Default is { } fallback)
            schema["default"] = Value(setting.Rule, fallback);
        return schema;
    }

    public static JsonObject Fixed(Parameter parameter) => Setting(FileSetting.Of(parameter) with { Description = Description(parameter) });

    /// <summary>A list of values; for numbers also a range.</summary>
    public static JsonObject Swept(Parameter parameter)
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = parameter.Rule.Schema(), ["minItems"] = 1 };
        return Described(Description(parameter), parameter.Rule is NumberRule rule
            ? AnyOf(list, Range(SweepFileKeys.Range, rule), Range(SweepFileKeys.LogRange, rule with { AboveMinimum = rule.Minimum == 0 || rule.AboveMinimum }))
            : list);
    }

    public static JsonObject Objective(string name)
    {
        var metric = MetricCatalog.Find(name)!;
        return Described(Sentence(metric), new WordRule(ObjectivesSection.Word(metric.Better)).Schema());
    }

    public static JsonObject Constraint(string name) => Described(
        MetricCatalog.Find(name) is { } metric ? Sentence(metric) : "Accuracy of the uncompressed reference less that of the model.",
        ConstraintsSection.Rule(name).Schema());

    public static JsonObject AnyOf(params JsonObject[] schemas) => new() { ["anyOf"] = new JsonArray([.. schemas]) };

    public static JsonArray Words(IEnumerable<string> words) => [.. words.Select(w => JsonValue.Create(w))];

    public static JsonObject Described(string description, JsonObject schema)
    {
        schema.Insert(0, "description", description);
        return schema;
    }

    private static JsonObject Range(string key, NumberRule rule)
    {
        var ends = new JsonObject { ["type"] = "array", ["items"] = (rule with { Word = null }).Schema(), ["minItems"] = 2, ["maxItems"] = 2 };
        var range = Object(null, [(key, ends), (SweepFileKeys.Count, DomainReader.CountRule.Schema())]);
        range["required"] = Words([key]);
        return range;
    }

    private static string Description(Parameter parameter) =>
        parameter.Needs is { } needs ? $"{parameter.Description} Only with {needs.Text}." : parameter.Description;

    private static string Sentence(MetricDefinition metric) =>
        char.ToUpperInvariant(metric.Description[0]) + metric.Description[1..] + (metric.Unit == "1" ? "." : $", in {UnitWord(metric.Unit)}.");

    private static string UnitWord(string unit) => unit switch
    {
        "s" => "seconds",
        "1/s" => "images per second",
        "By" => "bytes",
        "J" => "joules",
        _ => unit,
    };

    private static JsonValue Value(ValueRule rule, string canonical) => rule switch
    {
        NumberRule when NumberRule.TryParse(canonical, out var number) => JsonValue.Create(number),
        FlagRule => JsonValue.Create(canonical == "true"),
        _ => JsonValue.Create(canonical),
    };
}
