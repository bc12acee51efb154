using Grid.Experiments.Results;
using Grid.Experiments.Store;

namespace Grid.Client.Reading;

/// <summary>What to say of the number of a trial that is not there.</summary>
internal static class MissingTrial
{
    public static UserException Of(ExperimentRow row, ExperimentResults results, int number) => new($"{row.Id} has no trial {number}; " + results.Trials.Count switch
    {
        0 => "it has none yet.",
        1 => "it has one, trial 0.",
        var count => $"it has {count} trials, numbered from 0.",
    });
}
