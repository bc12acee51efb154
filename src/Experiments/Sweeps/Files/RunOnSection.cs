using Grid.Experiments.Sweeps.Files.Yaml;

namespace Grid.Experiments.Sweeps.Files;

/// <summary>The machines that carry a sweep out.</summary>
internal static class RunOnSection
{
    /// <summary>Every model is measured once for each.</summary>
    public const int MostDevices = 16;

    /// <summary>Null for the default, however it is spelled: the same sweep has one id.</summary>
    public static RunOn? Read(YamlItem? item, SweepErrors errors)
    {
        var (train, device) = (FileSettings.Accelerator, FileSettings.Device);
        var section = Section.Of(item, SweepFileKeys.RunOn, [train.Name, device.Name], errors);
        var runOn = new RunOn(section.Value(train)!, section[device.Name] is { } classes ? Devices(classes, section.PathOf(device.Name), errors) : [device.Default!]);
        return runOn.Pools.SequenceEqual(RunOn.Default.Pools) ? null : runOn;
    }

    private static List<string> Devices(YamlItem item, string path, SweepErrors errors)
    {
        var rule = FileSettings.Device.Rule;
        var accepted = $"a name or a list of up to {MostDevices} different names, each {rule.Accepted}";
        var devices = new List<string>();
        foreach (var name in item is YamlScalar ? [item] : ValueReader.List(item, path, accepted, errors) ?? [])
        {
            if (ValueReader.Value(name, path, rule, errors) is not { } device)
                continue;
            if (devices.Contains(device))
                errors.Add(name, path, "this class is there already; accepted: each once.");
            else if (devices.Count == MostDevices)
                errors.Add(item, path, $"accepted: {accepted}.");
            else
                devices.Add(device);
        }
        return devices;
    }
}
