using Grid.Experiments.Sweeps.Space;

namespace Grid.Experiments.Sweeps.Files;

/// <summary>The keys at the top of a sweep file.</summary>
internal static class SweepFileKeys
{
    public const string Name = "name";
    public const string Model = "model";
    public const string Data = "data";
    public const string Pipeline = "pipeline";
    public const string Space = "space";
    public const string Objectives = "objectives";
    public const string Constraints = "constraints";
    public const string Strategy = "strategy";
    public const string Seeds = "seeds";
    public const string Measure = "measure";
    public const string Limits = "limits";
    public const string RunOn = "run-on";
    public const string Budget = "budget";

    /// <summary>Those of the models' and the ranges' mappings.</summary>
    public const string Zoo = "zoo";
    public const string Onnx = "onnx";
    public const string Range = "range";
    public const string LogRange = "log-range";
    public const string Count = "count";

    public static IReadOnlyList<string> Required { get; } = [Name, Model, Pipeline, Space, Objectives];

    public static IReadOnlyList<string> All { get; } =
    [
        Name, Model, Data, .. ParameterCatalog.Stages.Select(ParameterCatalog.Prefix), Pipeline, Space, Objectives, Constraints, Strategy,
        Seeds, Measure, Limits, RunOn, Budget,
    ];
}
