using System.CommandLine;
using Grid.Client.Drawing;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;

namespace Grid.Client.Commands;

/// <summary>An option for a limit on each metric: --max-latency 2ms, --min-accuracy 97%, --max-accuracy-drop 1%.</summary>
internal sealed class Limits
{
    private readonly List<(Option<string?> Option, string Quantity, bool AtMost, string Unit)> options;

    public Limits() => options =
    [
        .. MetricCatalog.All.Select(m => Limit(NameOf(m), m.Name, m.Better == Direction.Minimize, m.Unit)),
        Limit("accuracy-drop", Constraint.AccuracyDrop, atMost: true, "1"),
    ];

    /// <summary>Gives the command an option for each limit.</summary>
    public void AddTo(Command command)
    {
        foreach (var (option, _, _, _) in options)
            command.Options.Add(option);
    }

    /// <summary>The limits that were given.</summary>
    public IReadOnlyList<Constraint> Of(Invocation call) =>
    [
        .. options.Select(o => (o.Quantity, o.AtMost, Value: call.Value(o.Option) is { } text ? Quantities.Parse(text, o.Unit) : null))
            .Where(o => o.Value is not null).Select(o => new Constraint(o.Quantity, o.AtMost, o.Value!.Value)),
    ];

    private static (Option<string?>, string, bool, string) Limit(string name, string quantity, bool atMost, string unit)
    {
        var spelled = $"--{(atMost ? "max" : "min")}-{name}";
        var option = new Option<string?>(spelled)
        {
            Description = quantity == Constraint.AccuracyDrop
                ? "Largest loss of accuracy against the uncompressed model: 1% or 0.01."
                : $"{(atMost ? "Largest" : "Smallest")} {quantity}: {Example(quantity, unit)}.",
            HelpName = "X",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && Quantities.Parse(result.Tokens[0].Value, unit) is null)
                result.AddError($"{spelled} is '{result.Tokens[0].Value}'; write it as {Example(quantity, unit)}.");
        });
        return (option, quantity, atMost, unit);
    }

    private static string Example(string quantity, string unit) => quantity switch
    {
        MetricCatalog.Throughput => "20000",
        MetricCatalog.Speedup => "1.5",
        _ => Quantities.Example(unit),
    };

    /// <summary>The short name of a metric that has one.</summary>
    private static string NameOf(MetricDefinition metric) =>
        MetricCatalog.Aliases.FirstOrDefault(a => a.Value == metric.Name).Key ?? metric.Name;
}
