using System.Diagnostics;
using Grid.Silo.Runners;
using Grid.Tests;

namespace Grid.Cluster.Tests.Processes;

/// <summary>Starts the programs of Grid as they were built beside the tests.</summary>
internal static class Programs
{
    /// <summary>A silo, whose stages the stand-in carries out.</summary>
    /// <param name="inside">A command to start it with, such as one that enters a network of its own.</param>
    public static ChildProcess Silo(string name, IReadOnlyDictionary<string, string?> environment, params IReadOnlyList<string> inside) =>
        new(name, Start([.. inside, Built("Silo", "Grid.Silo")], environment, [new(RunnerLocator.Variable, StandInProcess.File), new("GRID_SILO_NAME", name)]));

    /// <summary>The console.</summary>
    public static ChildProcess Client(IReadOnlyDictionary<string, string?> environment, params IReadOnlyList<string> arguments) =>
        new($"grid {arguments[0]}", Start([Built("Client", "grid"), .. arguments], environment, []));

    private static ProcessStartInfo Start(IReadOnlyList<string> command, params IEnumerable<KeyValuePair<string, string?>>[] environments)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1));
        foreach (var (variable, value) in environments.SelectMany(e => e))
            start.Environment[variable] = value;
        return start;
    }

    private static string Built(string project, string program) =>
        RepositoryRoot.File("artifacts", "bin", project, new DirectoryInfo(AppContext.BaseDirectory).Name, program);
}
