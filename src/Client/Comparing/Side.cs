using Grid.Client.Reading;
using Grid.Experiments.Frontier;
using Grid.Experiments.Results;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;

namespace Grid.Client.Comparing;

/// <summary>One of the two that are compared: an experiment with what it found on one class of machines.</summary>
internal sealed record Side(ExperimentRow Row, ExperimentResults Results)
{
    public Sweep Sweep => Results.Sweep;
    public string Device => Results.Device;

    /// <summary>The measured model of a trial.</summary>
    /// <param name="place">What a command line needs to mean the same home folder or cluster.</param>
    /// <exception cref="UserException">There is no such trial, or it has none.</exception>
    public Point Measured(int trial, string place) => Results.Measured.FirstOrDefault(p => p.Trial == trial)
        ?? throw (Results.Trials.Any(t => t.Number == trial)
            ? new UserException($"Trial {trial} of {Row.Id} has no measured model to compare. See why: grid show {Row.Id} {trial}{place}")
            : MissingTrial.Of(Row, Results, trial));
}
