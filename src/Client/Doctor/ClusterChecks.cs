using System.Net;
using Grid.Client.Clusters;
using Grid.Client.Commands;
using Grid.Client.Drawing;
using Grid.Client.Reading;
using Grid.Experiments.Store;

namespace Grid.Client.Doctor;

/// <summary>Whether this machine reaches a cluster: its database, its silos, with certificates that they trust.</summary>
internal static class ClusterChecks
{
    /// <param name="clock">Ended here, against the database's.</param>
    public static async Task<IReadOnlyList<Check>> Of(Invocation call, ClockCheck clock)
    {
        ClusterProfile profile;
        try
        {
            profile = call.Cluster!;
        }
        catch (UserException e)
        {
            return [Check.Problem("cluster", "what is known of it cannot be used", string.Join(' ', e.Messages)), clock.End()];
        }
        try
        {
            var database = await ClusterDatabase.Look(profile.Access.Store, profile.Access.Id, TimeProvider.System);
            return
            [
                await StoreOf(profile, database),
                clock.End(database.Ahead, database.Uncertainty),
                CertificateChecks.Of(profile.Access.Tls, database.Silos.Any(s => !IPAddress.IsLoopback(s.Address)), TimeProvider.System.GetUtcNow()),
                .. await Silos(call, profile, database),
                .. PortChecks.Of(profile.Access, call.Environment, database.Silos),
            ];
        }
        catch (StoreException e)
        {
            return [Check.Problem("database", "cannot be used", e.Message), clock.End(), CertificateChecks.Of(profile.Access.Tls, open: false, TimeProvider.System.GetUtcNow())];
        }
    }

    private static async Task<Check> StoreOf(ClusterProfile profile, ClusterDatabase database)
    {
        const string name = "database";
        try
        {
            await using var place = Place.Of(profile);
            return Check.Ok(name, $"PostgreSQL {database.Server}, schema {PostgresExperimentStore.Schema}, {Counted.Of((await place.List()).Count, "experiment")}");
        }
        catch (StoreException e)
        {
            return Check.Problem(name, $"PostgreSQL {database.Server} answers, its store cannot be used", e.Message);
        }
    }

    private static async Task<IReadOnlyList<Check>> Silos(Invocation call, ClusterProfile profile, ClusterDatabase database)
    {
        const string name = "gateways";
        var gateways = database.Silos.Where(s => s.Gateway > 0).ToList();
        if (gateways.Count == 0)
            return [Check.Problem(name, $"no silo with the role control is in cluster {profile.Access.Id}", "Start one: Grid.Silo --role control")];
        var checks = new List<Check>();
        foreach (var silo in gateways)
            if (await Reach.Problem(silo.Address.ToString(), silo.Gateway, call.Interrupted) is { } why)
                checks.Add(Check.Warning(
                    name, $"{silo.Name} at {silo.Address}:{silo.Gateway} is not reached: {why}", "Let this machine reach that port, or see whether the silo still runs."));
        if (checks.Count == gateways.Count)
            return [.. checks.Select(c => c with { Status = CheckStatus.Problem })];
        return [.. checks, await Connected(call)];
    }

    private static async Task<Check> Connected(Invocation call)
    {
        const string name = "silos";
        try
        {
            await using var session = await ClusterSession.Connect(call);
            var silos = await session.Client.Cluster.Silos();
            return Check.Ok(name, string.Join("; ", silos.Select(s => $"{s.Report.Name} ({string.Join(", ", s.Report.Roles)})")));
        }
        catch (Exception e) when (e is UserException or StoreException || Grains.Patience.IsPassing(e))
        {
            return Check.Problem(name, "do not answer", e.Message);
        }
    }
}
