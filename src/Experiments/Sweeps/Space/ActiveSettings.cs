using Grid.Experiments.Stages;

namespace Grid.Experiments.Sweeps.Space;

/// <summary>Reduces the values of a stage to those that matter beside each other.</summary>
internal static class ActiveSettings
{
    /// <summary>
    /// The settings that decide what the stage computes, by name without the stage; null when they switch it off.
    /// </summary>
    /// <param name="value">The value of a parameter; null for one that is known to mean nothing.</param>
    public static Dictionary<string, string>? Of(StageKind stage, Func<Parameter, string?> value)
    {
        var given = new Dictionary<string, string>();
        foreach (var parameter in ParameterCatalog.Of(stage))
        {
            if (value(parameter) is not { } text)
                continue;
            if (text == parameter.Off)
                return null;
            given[parameter.Name] = text;
        }

        var active = new Dictionary<string, string>(given.Count);
        foreach (var parameter in ParameterCatalog.Of(stage))
            if (given.TryGetValue(parameter.Name, out var text) && (parameter.Needs is null || parameter.Needs.Holds(given)))
                active[parameter.Name] = parameter.Resolve is null ? text : parameter.Resolve(text, given);
        return active;
    }
}
