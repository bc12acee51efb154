namespace Grid.Tests;

/// <summary>The programs of the Debian package prometheus: the server, and promtool.</summary>
internal static class PrometheusPrograms
{
    /// <summary>Where <c>./test</c> unpacks it, or on the PATH. Skips the test where there is none.</summary>
    public static string Find(string program)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Prepend(RepositoryRoot.File("artifacts", "debian", "prometheus", "usr", "bin"))
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, "Missing: Prometheus (the Debian package prometheus).");
        return found!;
    }
}
