using Grid.Experiments.Sweeps.Files.Yaml;

namespace Grid.Experiments.Sweeps.Files;

/// <summary>What a stage may take.</summary>
internal static class LimitsSection
{
    private const string StageTime = "stage-time";
    private static readonly TimeSpan shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan longest = TimeSpan.FromDays(30);

    /// <summary>The time limit of a stage.</summary>
    public static TimeSpan Read(YamlItem? item, SweepErrors errors)
    {
        var section = Section.Of(item, SweepFileKeys.Limits, [.. FileSettings.Limits.Select(s => s.Name)], errors);
        var time = Quantity.Time(section.Read(FileSettings.Limits).Text(StageTime));
        if (time < shortest || time > longest)
            errors.Add(section[StageTime]!, section.PathOf(StageTime), "accepted: 1s to 720h.");
        return time;
    }
}
