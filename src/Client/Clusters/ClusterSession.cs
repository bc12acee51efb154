using Grid.Client.Commands;
using Grid.Client.Reading;
using Grid.Experiments.Store;
using Grid.Silo.Hosting;

namespace Grid.Client.Clusters;

/// <summary>A connection to a cluster for the length of one command: its store, and its grains.</summary>
internal sealed class ClusterSession : IAsyncDisposable
{
    private ClusterSession(Place place, ClusterClient client) => (Place, Client) = (place, client);

    public Place Place { get; }
    public ClusterClient Client { get; }

    /// <exception cref="UserException">The cluster is not known, or none of its silos answers.</exception>
    /// <exception cref="StoreException">Its store cannot be reached.</exception>
    public static async Task<ClusterSession> Connect(Invocation call)
    {
        var profile = call.Cluster ?? throw new UserException("Say which cluster with --cluster NAME; without one Grid runs in this process, in a home folder.");
        var place = Place.Of(profile);
        try
        {
            return new ClusterSession(place, await ClusterClient.Connect(profile.Access, place.Store, place.Artifacts, call.Interrupted));
        }
        catch (ClusterUnreachableException e)
        {
            await place.DisposeAsync();
            throw new UserException(
                $"The store of cluster {profile.Name} answers, but no silo with the role control does: {e.Message} "
                + "Start one (Grid.Silo --role control), check that this machine reaches its gateway port, and that both have certificates of one authority or none.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Place.DisposeAsync();
    }
}
