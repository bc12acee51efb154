using System.Text;
using Grid.Experiments.Datasets;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Grains.Contracts;
using Grid.Grains.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Serialization.Configuration;

namespace Grid.Silo.Tests.Security;

/// <summary>A message tells which types it holds: none may be constructed but those that the contracts name.</summary>
public sealed class TypeAllowListTests
{
    private readonly Serializer grid = Of(builder => builder.AddGrid());

    /// <summary>Of somebody who sends what they like.</summary>
    private readonly Serializer hostile = Of(builder => builder.AddJsonSerializer(_ => true));

    [Fact]
    public void What_the_contracts_name_travels()
    {
        var spec = new StageSpec(StageKind.Train, new StageSettings([new("epochs", "1")]), Data: new DataSettings("mnist", "hash", null, 1, 1), Seed: 3);
        var request = new StageRequest(spec, "small", TimeSpan.FromSeconds(1), null, null, true, "train/cpu");

        grid.Deserialize<StageRequest>(grid.SerializeToArray(request)).ShouldBe(request);
        grid.Deserialize<object>(grid.SerializeToArray<object>(spec)).ShouldBe(spec);
    }

    [Theory]
    [MemberData(nameof(Strangers))]
    public void Any_other_type_is_refused(object stranger)
    {
        var message = hostile.SerializeToArray(stranger);
        // The message is sound: who allows everything reads it.
        hostile.Deserialize<object>(message).ShouldBeOfType(stranger.GetType());

        Should.Throw<Exception>(() => grid.Deserialize<object>(message));
    }

    public static TheoryData<object> Strangers { get; } =
    [
        new DatasetFolders("/etc", "/tmp"),
        new ExperimentRow("id", "name", "{}", ExperimentStatus.Done, false, DateTimeOffset.UnixEpoch, null),
        new StringBuilder("of the framework"),
        new UriBuilder("http://127.0.0.1"),
    ];

    [Fact]
    public void Orleans_own_list_of_types_stays_closed()
    {
        using var services = Services(builder => builder.AddGrid());

        services.GetRequiredService<IOptions<TypeManifestOptions>>().Value.AllowAllTypes.ShouldBeFalse();
    }

    private static Serializer Of(Action<ISerializerBuilder> configure) => Services(configure).GetRequiredService<Serializer>();

    private static ServiceProvider Services(Action<ISerializerBuilder> configure) => new ServiceCollection().AddSerializer(configure).BuildServiceProvider();
}
