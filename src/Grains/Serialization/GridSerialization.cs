using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Grid.Experiments.Stages;
using Orleans.Serialization;

namespace Grid.Grains.Serialization;

/// <summary>How messages that carry types of Grid.Experiments, which knows nothing of Orleans, travel between silos: as the JSON they also have in the store.</summary>
public static class GridSerialization
{
    public static ISerializerBuilder AddGrid(this ISerializerBuilder builder) => builder.AddJsonSerializer(
        MessageTypes.OfExperiments.Contains,
        new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            TypeInfoResolver = JsonTypeInfoResolver.Combine(StageJson.Default, new DefaultJsonTypeInfoResolver()),
        });
}
