using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Grid.Experiments.Sweeps.Files;
using Grid.Experiments.Sweeps.Space;
using Grid.Experiments.Sweeps.Strategies;
using static Grid.Experiments.Sweeps.Schema.SchemaParts;

namespace Grid.Experiments.Sweeps.Schema;

/// <summary>
/// The JSON schema (draft 7) of sweep files, by which editors complete and check them as they are written. It follows from the same
/// catalogs as reading does. What takes more than one value to tell, such as the size of a grid, only reading checks.
/// </summary>
public static class SweepSchema
{
    private static readonly JsonSerializerOptions options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema's text, ending in a line break; the same on every machine.</summary>
    public static string Text { get; } = Build().ToJsonString(options) + "\n";

    private static JsonObject Build()
    {
        var properties = new JsonObject
        {
            [SweepFileKeys.Name] = Setting(FileSettings.Name),
            [SweepFileKeys.Model] = Model(),
            [SweepFileKeys.Data] = Object("The data, and how it is split. Without it: the generated digits.", FileSettings.Data),
        };
        foreach (var stage in ParameterCatalog.Stages)
            properties[ParameterCatalog.Prefix(stage)] = Object(
                $"Values for {ParameterCatalog.Prefix(stage)} that are not swept.", ParameterCatalog.Of(stage).Select(p => (p.Name, Fixed(p))));
        properties[SweepFileKeys.Pipeline] = Described("The stages between training and measuring, in order.", new JsonObject
        {
            ["type"] = "array",
            ["items"] = new WordRule([.. PipelineSection.Stages.Keys]).Schema(),
            ["uniqueItems"] = true,
        });
        properties[SweepFileKeys.Space] = NotEmpty(Object(
            "The parameters to sweep: each with a list of values, or a range.", ParameterCatalog.All.Select(p => (p.Key, Swept(p)))));
        properties[SweepFileKeys.Objectives] = NotEmpty(Object("What makes a model good, and which way.", ObjectivesSection.Names.Select(n => (n, Objective(n)))));
        properties[SweepFileKeys.Constraints] = Object("Limits that models on the frontier keep.", ConstraintsSection.Names.Select(n => (n, Constraint(n))));
        properties[SweepFileKeys.Strategy] = Strategy();
        properties[SweepFileKeys.Seeds] = Described(FileSettings.Seed.Description, new JsonObject
        {
            ["type"] = "array",
            ["items"] = FileSettings.Seed.Rule.Schema(),
            ["minItems"] = 1,
            ["maxItems"] = SeedsSection.Most,
            ["uniqueItems"] = true,
        });
        properties[SweepFileKeys.Measure] = Object("How models are measured.", FileSettings.Measure);
        properties[SweepFileKeys.Limits] = Object("What a stage may take.", FileSettings.Limits);
        properties[SweepFileKeys.RunOn] = RunOn();
        properties[SweepFileKeys.Budget] = NotEmpty(Object("What the sweep may take in all: whatever runs out first ends it.", FileSettings.Budget));
        return new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "Sweep file of Grid",
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = Words(SweepFileKeys.Required),
            ["properties"] = properties,
        };
    }

    private static JsonObject Model()
    {
        var model = Object("The network to start from: one of Grid's own, or a file of yours.", FileSettings.Model);
        model["minProperties"] = 1;
        model["maxProperties"] = 1;
        return model;
    }

    private static JsonObject RunOn()
    {
        var (train, device) = (FileSettings.Accelerator, FileSettings.Device);
        var classes = new JsonObject
        {
            ["type"] = "array",
            ["items"] = device.Rule.Schema(),
            ["minItems"] = 1,
            ["maxItems"] = RunOnSection.MostDevices,
            ["uniqueItems"] = true,
        };
        var measure = Described(device.Description, AnyOf(device.Rule.Schema(), classes));
        measure["default"] = device.Default;
        return Object("The machines of a cluster that carry the sweep out.", [(train.Name, Setting(train)), (device.Name, measure)]);
    }

    private static JsonObject Strategy()
    {
        var (name, others) = (FileSettings.Strategy[0], FileSettings.Strategy.Skip(1));
        var drawing = Object(null, [(name.Name, new WordRule([.. SweepStrategies.Names.Where(n => n != SweepStrategies.Grid)]).Schema()), .. others.Select(s => (s.Name, Setting(s)))]);
        drawing["required"] = Words([name.Name, "budget"]);
        var grid = Object(null, [(name.Name, new WordRule(SweepStrategies.Grid).Schema()), ("seed", Setting(others.Last()))]);
        return Described(name.Description, AnyOf(new WordRule(SweepStrategies.Grid).Schema(), grid, drawing));
    }
}
