using System.Text.RegularExpressions;
using Grid.Experiments.Sweeps;
using NetArchTest.Rules;

namespace Grid.Architecture.Tests;

/// <summary>The rooms of src/Experiments, that is its namespaces, and how they stand upon each other.</summary>
public sealed class RoomsTests
{
    private const string House = "Grid.Experiments";

    /// <summary>Each with the rooms that it may use, all of which stand above it here: so there can be no cycle.</summary>
    private static readonly (string Room, string[] Uses)[] rooms =
    [
        ("Randomness", []),
        ("Metrics", []),
        ("Datasets", ["Randomness"]),
        ("Stages", ["Datasets", "Metrics"]),
        ("Telemetry", ["Metrics", "Stages"]),
        ("Models", ["Randomness", "Telemetry"]),
        ("Frontier", ["Metrics", "Stages"]),
        ("Training", ["Datasets", "Metrics", "Models", "Randomness", "Stages", "Telemetry"]),
        ("Compression", ["Datasets", "Metrics", "Models", "Stages"]),
        ("Measurement", ["Datasets", "Frontier", "Metrics", "Models", "Stages"]),
        ("Running", ["Datasets", "Metrics", "Models", "Stages"]),
        ("Sweeps", ["Datasets", "Frontier", "Metrics", "Models", "Randomness", "Stages", "Training"]),
        ("Store", ["Datasets", "Metrics", "Stages", "Telemetry"]),
        ("Retention", ["Stages", "Store", "Sweeps"]),
        ("Results", ["Frontier", "Metrics", "Stages", "Store", "Sweeps", "Telemetry"]),
        ("Analysis", ["Frontier", "Metrics", "Results", "Stages", "Sweeps"]),
    ];

    public static TheoryData<string> Names { get; } = [.. rooms.Select(r => r.Room)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_room_uses_only_rooms_below_it(string room)
    {
        var uses = rooms.Single(r => r.Room == room).Uses;
        var others = rooms.Select(r => r.Room).Except([room, .. uses]).Select(r => $"{House}.{r}").ToArray();

        var types = Types.InAssembly(typeof(Sweep).Assembly).That().ResideInNamespaceMatching($"^{Regex.Escape($"{House}.{room}")}(\\.|$)");

        types.GetTypes().ShouldNotBeEmpty();
        (types.ShouldNot().HaveDependencyOnAny(others).GetResult().FailingTypeNames ?? []).ShouldBeEmpty();
    }

    [Fact]
    public void No_two_rooms_stand_upon_each_other()
    {
        for (var i = 0; i < rooms.Length; i++)
            rooms[i].Uses.ShouldBeSubsetOf(rooms.Take(i).Select(r => r.Room), rooms[i].Room);
    }

    [Fact]
    public void Every_room_is_in_the_table() => typeof(Sweep).Assembly.GetTypes()
        .Select(t => t.Namespace)
        .Where(n => n?.StartsWith($"{House}.", StringComparison.Ordinal) == true)
        .Select(n => n!.Split('.')[2])
        .Distinct().Order()
        .ShouldBe(rooms.Select(r => r.Room).Order());
}
