using Grid.Client.Clusters;
using Grid.Client.Commands;
using Grid.Experiments.Results;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;

namespace Grid.Client.Reading;

/// <summary>Where experiments are, opened to look at: a home folder, also while another process computes in it, or the store of a cluster.</summary>
internal sealed class Place : IAsyncDisposable
{
    private readonly bool inHome;

    private Place(string name, HomeFolder folder, IExperimentStore store, IArtifactStore artifacts, bool inHome)
    {
        (Name, Folder, Store, Artifacts) = (name, folder, store, artifacts);
        this.inHome = inHome;
    }

    /// <summary>What messages call it: the folder's path, or the cluster.</summary>
    public string Name { get; }

    /// <summary>Where reports and copies of models go on this machine.</summary>
    public HomeFolder Folder { get; }
    public IExperimentStore Store { get; }
    public IArtifactStore Artifacts { get; }

    /// <exception cref="UserException">There is no store in the folder, or no such cluster.</exception>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static Place ToRead(Invocation call) => call.Cluster is { } cluster ? Of(cluster) : InHome(call.Home, SqliteExperimentStore.OpenReadOnly);

    /// <summary>The same; null where nothing was ever run.</summary>
    /// <inheritdoc cref="ToRead" path="/exception"/>
    public static Place? ToReadIfThere(Invocation call) =>
        call.NamesCluster || HomeFolder.At(call.Home).HasStore ? ToRead(call) : null;

    /// <summary>To leave a request in it.</summary>
    /// <exception cref="UserException">There is no store in the folder, or no such cluster.</exception>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public static Place ToWrite(Invocation call) => call.Cluster is { } cluster ? Of(cluster) : InHome(call.Home, file => SqliteExperimentStore.Open(file));

    /// <summary>The store of a cluster, and a folder of this machine for copies of its models.</summary>
    /// <param name="migrate">Whether to make the store, or to bring it up to date.</param>
    public static Place Of(ClusterProfile cluster, bool migrate = false)
    {
        var folder = HomeFolder.Open(cluster.CacheFolder);
        Func<string, string?, HomeFolder, ClusterStore> open = migrate ? ClusterStore.Open : ClusterStore.OpenExisting;
        var store = open(cluster.Access.Store, cluster.Access.ArtifactsFolder, folder);
        return new Place($"cluster {cluster.Name}", folder, store.Experiments, store.Artifacts, inHome: false);
    }

    /// <exception cref="UserException">There is none that fits, or several.</exception>
    public async Task<ExperimentRow> Find(string asked) => await Choose((all, place) => ExperimentIds.Resolve(all, asked, place));

    /// <param name="choose">Given all, and what messages call the place.</param>
    public async Task<ExperimentRow> Choose(Func<IReadOnlyList<ExperimentRow>, string, ExperimentRow> choose) => choose(await List(), Name);

    /// <summary>Every experiment as it stands: one whose process was killed is interrupted, whatever it left in the store.</summary>
    public async Task<IReadOnlyList<ExperimentRow>> List()
    {
        var rows = await Store.ListExperiments();
        return !inHome || Folder.InUse
            ? rows
            : [.. rows.Select(r => r.Status == ExperimentStatus.Running ? r with { Status = ExperimentStatus.Interrupted } : r)];
    }

    /// <summary>What an experiment has found so far.</summary>
    /// <param name="notes">Whether points carry the notes of all their stages.</param>
    /// <param name="device">The class of machines whose numbers to read; null for the sweep's first.</param>
    /// <exception cref="UserException">There is no such experiment, or it is not measured on that class.</exception>
    public async Task<(ExperimentRow Row, ExperimentResults Results)> Read(string asked, string? device, bool notes = false)
    {
        var row = await Find(asked);
        return (row, await Read(row, device, notes));
    }

    /// <summary>The same for every class of machines that the sweep is measured on, its first class first; for one alone where that is named.</summary>
    /// <exception cref="UserException">There is no such experiment, or it is not measured on that class.</exception>
    public async Task<(ExperimentRow Row, IReadOnlyList<ExperimentResults> Results)> ReadClasses(string asked, string? device, bool notes = false)
    {
        var row = await Find(asked);
        return (row, device is null ? await Classes.Load(Store, row, notes) : [await Read(row, device, notes)]);
    }

    /// <inheritdoc cref="Read(string, string?, bool)"/>
    public async Task<ExperimentResults> Read(ExperimentRow row, string? device, bool notes = false)
    {
        try
        {
            return await ExperimentResults.Load(Store, row, notes, device);
        }
        catch (ArgumentException e) when (e.ParamName == nameof(device))
        {
            throw new UserException($"{row.Id} is not measured on '{device}'; accepted with --device: {string.Join(", ", SweepJson.Read(row.Sweep).Devices)}.");
        }
    }

    /// <summary>Whether it is a home folder, in which this machine alone computes.</summary>
    public bool IsHome => inHome;

    /// <summary>Whether nothing runs: so in a home folder in which no process computes.</summary>
    public bool IsQuiet => inHome && !Folder.InUse;

    /// <summary>Keeps others from computing in a home folder in which nobody does; null elsewhere. To be disposed of.</summary>
    public IDisposable? KeepQuiet() => IsQuiet ? Folder.Lock() : null;

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    private static Place InHome(string folder, Func<string, IExperimentStore> open)
    {
        var home = HomeFolder.At(folder);
        return home.HasStore
            ? new Place(home.FullPath, home, open(home.DatabaseFile), new FileArtifactStore(home), inHome: true)
            : throw new UserException($"There is no experiment in {home.FullPath}. Start one with: grid run FILE, or name another folder with --home.");
    }
}
