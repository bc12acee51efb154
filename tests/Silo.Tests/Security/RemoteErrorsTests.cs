using Grid.Experiments.Store;
using Grid.Grains.Contracts;

namespace Grid.Silo.Tests.Security;

/// <summary>Errors travel to clients in other processes as what they are, with their words.</summary>
public sealed class RemoteErrorsTests
{
    [Fact]
    public async Task A_client_hears_why_a_call_failed_or_was_refused()
    {
        await using var cluster = new TlsCluster();
        await cluster.StartSilo(null);
        var client = await cluster.Connect(null);

        (await Should.ThrowAsync<StoreException>(() => client.Experiment("nowhere").Start(false))).Message.ShouldContain("'nowhere'");
        (await Should.ThrowAsync<ArgumentException>(() => client.Experiment("a b").Start(false))).Message.ShouldContain("key of the grain");
    }

    [Fact]
    public async Task An_error_of_the_database_reaches_a_client_as_one_of_the_store()
    {
        await using var cluster = new TlsCluster();
        await cluster.StartSilo(null);
        var client = await cluster.Connect(null);
        cluster.LoseExperiments();

        (await Should.ThrowAsync<StoreException>(() => client.Experiment("any").Start(false))).Message.ShouldContain("no such table");
    }
}
