using Grid.Experiments.Datasets;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;

namespace Grid.Experiments.Tests.Store;

/// <summary>An empty store of one of the databases with a clock that stands still, and rows to put into it.</summary>
public abstract class StoreFixture : IAsyncDisposable
{
    private IExperimentStore? store;

    public static DateTimeOffset Noon { get; } = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    public static StageResult Result { get; } = new(
        new Dictionary<string, Metric> { ["accuracy"] = new(0.91, "1", Provenance.Measured, 0.90, 0.92), ["energy"] = Metric.Unavailable("J") },
        ["a note"],
        [new LayerReport("conv", "Conv", "QLinearConv", "int8", "int8")]);

    public IExperimentStore Store => store ??= OpenAnother();

    /// <summary>Sees to a database, before anything else. Skips the test where there can be none.</summary>
    public virtual ValueTask Prepare() => default;

    /// <summary>Another connection to the same store, as another process has it. The caller disposes of it.</summary>
    public abstract IExperimentStore OpenAnother();

    /// <summary>Sets the store's clock, which stands at noon.</summary>
    public abstract void SetTime(DateTimeOffset time);

    public static ExperimentRow Experiment(string id = "sweep-1") =>
        new(id, "sweep", "{\"name\":\"sweep\"}", ExperimentStatus.Running, false, Noon, null);

    public static TrialRow Trial(int number, string leaf = "leaf", string test = "test") =>
        new("sweep-1", number, $"{{\"n\":{number}}}", number == 0, TrialStatus.Pending, leaf, test, null);

    public static StageSpec Spec(int number, StageKind kind = StageKind.Train, string? parent = null) => new(
        kind,
        new StageSettings([new("rate", StageSettings.Spell(number / 7.0)), new("method", "magnitude")]),
        parent,
        parent is null ? null : "reference",
        new DataSettings("mnist", "abc", number, 100, 5),
        number);

    /// <summary>Adds a stage and takes it through a lease to done.</summary>
    /// <param name="result">Null for <see cref="Result"/>.</param>
    public async Task<StageSpec> Done(StageSpec spec, string? artifact, StageResult? result = null)
    {
        var row = (await Store.EnsureStages([spec]))[0];
        var leased = await Store.TryLease(spec.Key, row.Attempt, "me", TimeSpan.FromMinutes(1));
        (await Store.Complete(new StageLease(spec.Key, leased!.Attempt), artifact, result ?? Result, 1.5)).ShouldBe(CompletionAnswer.Recorded);
        return spec;
    }

    /// <summary>The row of a stage that must be there.</summary>
    public async Task<StageRow> Row(StageSpec spec) => (await Store.FindStages([spec.Key])).ShouldHaveSingleItem();

    public async Task Reopen()
    {
        await Store.DisposeAsync();
        store = null;
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (store is not null)
            await store.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
