namespace Grid.Benchmarks;

/// <summary>Programs that are started as processes.</summary>
internal static class Programs
{
    /// <summary>The console of this configuration, as it is built beside.</summary>
    public static string Console() =>
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Client", new DirectoryInfo(AppContext.BaseDirectory).Name, "grid"));
}
