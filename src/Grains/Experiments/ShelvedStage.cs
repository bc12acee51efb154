using Grid.Experiments.Stages;
using Grid.Grains.Contracts;

namespace Grid.Grains.Experiments;

/// <summary>What remains of a stage that is done.</summary>
/// <param name="Ending">Computed or Reused.</param>
/// <param name="WasComputed">Whether this run ever carried it out.</param>
/// <param name="Artifact">SHA-256 of the model it made or measured.</param>
internal readonly record struct ShelvedStage(StageEnding Ending, bool WasComputed, Sha256Value Artifact)
{
    public static ShelvedStage Of(StageEntry entry) => new(entry.Ending!.Value, entry.WasComputed, Sha256Value.Parse(entry.Artifact!));

    public StageEntry Entry(StageSpec spec) =>
        new(spec) { Asked = true, Ending = Ending, WasComputed = WasComputed, Artifact = Artifact.ToString() };
}
