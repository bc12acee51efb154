using Grid.Experiments.Store;
using Grid.Tests;
using Microsoft.Extensions.Time.Testing;

namespace Grid.Experiments.Tests.Store;

/// <summary>A store in a fresh folder.</summary>
public sealed class SqliteFixture : StoreFixture
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider clock = new(Noon);

    public SqliteFixture() => _ = Store;

    public string File => folder.File("grid.db");

    public override IExperimentStore OpenAnother() => SqliteExperimentStore.Open(File, time: clock);

    public override void SetTime(DateTimeOffset time) => clock.SetUtcNow(time);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}
