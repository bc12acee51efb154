namespace Grid.Silo.Runners;

/// <summary>Finds the runner's executable.</summary>
public static class RunnerLocator
{
    /// <summary>Names the executable where it lies elsewhere.</summary>
    public const string Variable = "GRID_RUNNER";

    private static string FileName => OperatingSystem.IsWindows() ? "Grid.Runner.exe" : "Grid.Runner";

    /// <summary>What GRID_RUNNER names; else ./runner beside this program; else where a build of the source tree puts it.</summary>
    /// <exception cref="RunnerNotFoundException">It is in none of these places.</exception>
    public static string Find() => Find(Environment.GetEnvironmentVariable(Variable));

    /// <param name="named">The executable itself; null or empty to look for it.</param>
    /// <exception cref="RunnerNotFoundException">It is not there.</exception>
    public static string Find(string? named) => Find(named, AppContext.BaseDirectory);

    internal static string Find(string? named, string baseFolder)
    {
        if (!string.IsNullOrEmpty(named))
            return File.Exists(named)
                ? Path.GetFullPath(named)
                : throw new RunnerNotFoundException($"{Variable} names {named}, which does not exist. Set it to the file {FileName}, or unset it.");

        // artifacts/bin/<project>/<configuration>/: the runner of the same configuration lies beside.
        var own = new DirectoryInfo(Path.TrimEndingDirectorySeparator(baseFolder));
        string[] places =
        [
            Path.Combine(own.FullName, "runner", FileName),
            Path.GetFullPath(Path.Combine(own.FullName, "..", "..", "Runner", own.Name, FileName)),
        ];
        return places.FirstOrDefault(File.Exists) ?? throw new RunnerNotFoundException(
            $"The runner is neither at {string.Join(" nor at ", places)}. Build it (dotnet build src/Runner -c Release), or name it in {Variable}.");
    }
}

/// <summary>The program that computes stages is not there; the message says where it was looked for.</summary>
public sealed class RunnerNotFoundException(string message) : Exception(message);
