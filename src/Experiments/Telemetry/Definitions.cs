namespace Grid.Experiments.Telemetry;

/// <summary>An attribute of spans, their events or instruments.</summary>
/// <param name="Name">As it is exported; stable, as people's dashboards name it.</param>
public sealed record AttributeDefinition(string Name, string Description);

/// <summary>A kind of span.</summary>
/// <param name="Process">Where it is made: client, silo or runner.</param>
/// <param name="Attributes">Those it can have.</param>
public sealed record SpanDefinition(string Name, string Process, string Description, params IReadOnlyList<AttributeDefinition> Attributes)
{
    /// <summary>What it tells of at moments within it.</summary>
    public IReadOnlyList<SpanEventDefinition> Events { get; init; } = [];
}

/// <summary>A moment within a span.</summary>
public sealed record SpanEventDefinition(string Name, string Description, params IReadOnlyList<AttributeDefinition> Attributes);

/// <summary>How an instrument counts.</summary>
public enum InstrumentKind
{
    /// <summary>Only rises, from 0 at the start of its process.</summary>
    Counter,

    /// <summary>Counts by size, in buckets.</summary>
    Histogram,

    /// <summary>What is now.</summary>
    Gauge,
}

/// <summary>An instrument of the meter.</summary>
/// <param name="Unit">UCUM; in braces, what is counted.</param>
/// <param name="Attributes">Each with a bounded number of values.</param>
public sealed record InstrumentDefinition(
    string Name, InstrumentKind Kind, string Unit, string Description, params IReadOnlyList<AttributeDefinition> Attributes)
{
    /// <summary>Upper bounds of the buckets of a histogram, in its unit.</summary>
    public IReadOnlyList<double> Boundaries { get; init; } = [];

    /// <summary>What Prometheus calls it; a histogram has _bucket, _count and _sum behind that.</summary>
    public string PrometheusName => Name.Replace('.', '_')
        + Unit switch { "s" => "_seconds", "J" => "_joules", _ => "" }
        + (Kind == InstrumentKind.Counter ? "_total" : "");
}
