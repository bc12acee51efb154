using System.Text.Json;
using System.Text.Json.Serialization;

namespace Grid.Experiments.Datasets;

/// <summary>Which data a stage reads and how it is split. Part of a stage's key.</summary>
/// <param name="Name">A name of the dataset catalog; never a path.</param>
/// <param name="ContentHash">SHA-256 over the images and labels, pinned or computed: the data itself, wherever it lies.</param>
/// <param name="TrainCount">Images of the training split; null for all that validation leaves.</param>
/// <param name="ValidationCount">Images held out of the training files for choosing.</param>
/// <param name="SplitSeed">Seed of the permutation that splits training from validation.</param>
public sealed record DataSettings(string Name, string ContentHash, int? TrainCount, int ValidationCount, long SplitSeed)
{
    [JsonIgnore]
    public string Canonical => JsonSerializer.Serialize(this);
}
