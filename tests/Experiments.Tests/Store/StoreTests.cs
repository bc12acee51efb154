using Grid.Experiments.Store;

namespace Grid.Experiments.Tests.Store;

/// <summary>What holds for a store whatever its database: a class derived for each brings its fixture.</summary>
public abstract class StoreTests(StoreFixture fixture) : IAsyncLifetime
{
    protected StoreFixture Fixture => fixture;

    protected IExperimentStore Store => fixture.Store;

    public ValueTask InitializeAsync() => fixture.Prepare();

    public async ValueTask DisposeAsync()
    {
        await fixture.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
