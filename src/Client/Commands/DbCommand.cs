using Grid.Client.Drawing;
using Grid.Client.Json;
using Grid.Client.Reading;

namespace Grid.Client.Commands;

/// <summary>grid db</summary>
internal static class DbCommand
{
    public static GridCommand Create() => new(
        "db", "Look after the database of a cluster.", _ => throw new UserException("Say what to do: grid db migrate. See: grid db --help"), "db migrate --cluster prod")
    {
        new GridCommand(
            "migrate", "Make the tables of a cluster, or bring them up to date. Silos do so by themselves when they start; stop those of an older version first.",
            Migrate, "db migrate --cluster prod"),
    };

    private static async Task<Answer> Migrate(Invocation call)
    {
        var cluster = call.Cluster ?? throw new UserException("Say which cluster with --cluster NAME; a home folder is brought up to date by running in it.");
        await using var place = Place.Of(cluster, migrate: true);
        var experiments = (await place.List()).Count;
        return new Answer(
            new MigrationDocument(cluster.Name, experiments),
            console => console.Profile.Out.Writer.WriteLine($"The database of {place.Name} is up to date; it holds {Counted.Of(experiments, "experiment")}."));
    }
}
