using Grid.Experiments.Telemetry;
using static Grid.Experiments.Telemetry.GridTelemetry;

namespace Grid.Experiments.Tests.Telemetry;

/// <summary>The tables of docs/observability.md as they follow from the code.</summary>
internal static class ObservabilityPage
{
    public static IReadOnlyList<IReadOnlyList<string>> Tables { get; } =
    [
        [.. Spans.All.Select(s => Row(Code(s.Name), s.Process, s.Description, Names([.. s.Attributes.Select(a => a.Name), .. s.Events.Select(e => e.Name)])))],
        [.. Events.All.Select(e => Row(Code(e.Name), e.Description, Names(e.Attributes.Select(a => a.Name))))],
        [.. Attributes.All.Select(a => Row(Code(a.Name), a.Description))],
        [
            .. Instruments.All.Select(i => Row(
                Code(i.Name), Code(i.PrometheusName), $"{Words.Of(i.Kind)}, {Code(i.Unit)}", i.Description, Names(i.Attributes.Select(a => a.Name.Replace('.', '_'))))),
        ],
    ];

    private static string Row(params string[] cells) => $"| {string.Join(" | ", cells).Replace("  ", " ")} |".Replace("|  |", "| |");

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(Code));

    private static string Code(string text) => $"`{text}`";
}
