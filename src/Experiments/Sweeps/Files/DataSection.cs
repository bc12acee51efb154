using Grid.Experiments.Datasets;
using Grid.Experiments.Sweeps.Files.Yaml;

namespace Grid.Experiments.Sweeps.Files;

/// <summary>The data of a sweep and its split, checked against what the catalog says of it: no file of it is read.</summary>
internal static class DataSection
{
    /// <summary>The settings; those of the generated digits when the section is missing.</summary>
    public static DataSettings Read(YamlItem? item, SweepErrors errors)
    {
        var section = Section.Of(item, SweepFileKeys.Data, [.. FileSettings.Data.Select(s => s.Name)], errors);
        var values = section.Read(FileSettings.Data);
        var definition = DatasetCatalog.Find(values.Text("name"))!;
        var train = values.OptionalInteger("train");
        var validation = values.OptionalInteger("validation") ?? definition.DefaultValidation;
        if (section["name"] is not YamlScalar name || DatasetCatalog.Find(name.Text) is not null)
            CheckSplit(section, definition, train, validation, errors);
        return new DataSettings(definition.Name, definition.ContentHash, train, validation, values.Integer("split-seed"));
    }

    private static void CheckSplit(Section section, DatasetDefinition definition, int? train, int validation, SweepErrors errors)
    {
        var left = definition.TrainCount - validation;
        if (left < 1)
            errors.Add(section["validation"]!, section.PathOf("validation"),
                $"{definition.Name} has {definition.TrainCount} training images; accepted: 1 to {definition.TrainCount - 1}.");
        else if (train > left)
            errors.Add(section["train"]!, section.PathOf("train"),
                $"{definition.Name} has {definition.TrainCount} training images, of which validation takes {validation}; accepted: 1 to {left}.");
    }
}
