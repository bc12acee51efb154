using System.Numerics;
using Grid.Experiments.Measurement.Energy.Inference;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Measurement;

/// <summary>How to measure, from the settings of a measure or test stage; what is left out has a default.</summary>
/// <param name="Threads">Threads of one inference, at least 1.</param>
/// <param name="Sessions">Independent repetitions, at least 1, each with the models loaded anew. One alone tells no spread.</param>
/// <param name="Warmup">Inferences of each model before those that count.</param>
/// <param name="MinRuns">Fewest inferences of each model that count in a session, at least 1.</param>
/// <param name="MinTime">Shortest time, in seconds, of a session's single inferences, and of its batches.</param>
/// <param name="Batch">Images in one inference for throughput and accuracy, at least 1.</param>
/// <param name="Energy">One of <see cref="EnergySource"/>.</param>
/// <param name="EnergyTime">Shortest time, in seconds, in which a meter of energy is watched: for the idle machine and for inference, in each session.</param>
public sealed record MeasureSettings(
    int Threads, int Sessions, int Warmup, int MinRuns, double MinTime, int Batch, string Energy = EnergySource.Auto, double EnergyTime = 1)
{
    /// <exception cref="StageSettingsException">A setting has no meaning; the message names it, its value and what it can be.</exception>
    public static MeasureSettings From(StageSettings settings) => new(
        Count(settings, "threads", 1),
        Count(settings, "sessions", 3),
        Count(settings, "warmup", 20, least: 0),
        Count(settings, "min-runs", 200),
        Within(settings, "min-time", settings.OptionalNumber("min-time") ?? 0.3, 0),
        Count(settings, "batch", 64),
        settings.Text("energy", EnergySource.Auto) is var energy && EnergySource.All.Contains(energy) ? energy
            : throw new StageSettingsException($"The setting 'energy' is '{energy}'; it can be {string.Join(", ", EnergySource.All)}."),
        Within(settings, "energy-time", settings.OptionalNumber("energy-time") ?? 1, 0));

    private static int Count(StageSettings settings, string key, int fallback, int least = 1) =>
        Within(settings, key, settings.OptionalInteger(key) ?? fallback, least);

    private static T Within<T>(StageSettings settings, string key, T value, T least) where T : INumber<T> =>
        value >= least && T.IsFinite(value) ? value : throw new StageSettingsException(
            $"The setting '{key}' is '{settings.Text(key)}'; it can be {least} or more.");
}
