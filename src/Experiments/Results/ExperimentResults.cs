using System.Text.Json;
using Grid.Experiments.Frontier;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;

namespace Grid.Experiments.Results;

/// <summary>What an experiment has found so far, computed from the rows of the store: the one place that turns rows into points.</summary>
public sealed record ExperimentResults
{
    public required Sweep Sweep { get; init; }

    /// <summary>The device class that all numbers of time and energy are of: one of the sweep's.</summary>
    public required string Device { get; init; }

    /// <summary>Every trial known so far, by number.</summary>
    public required IReadOnlyList<TrialRow> Trials { get; init; }

    /// <summary>One point for each successful trial, by number.</summary>
    public required IReadOnlyList<Point> Measured { get; init; }

    /// <summary>One point for each configuration: means where it was tried with several seeds, see <see cref="SeedAggregate"/>.</summary>
    public required IReadOnlyList<Point> Points { get; init; }

    /// <summary>The uncompressed model of each seed that is measured.</summary>
    public required IReadOnlyDictionary<long, Point> References { get; init; }

    /// <summary>The uncompressed model, over all its seeds; null until one is measured.</summary>
    public required Point? Reference { get; init; }

    /// <summary><see cref="Points"/> sorted by the sweep's objectives and limits.</summary>
    public required SweepFrontier Frontier { get; init; }

    /// <summary>
    /// What is looked at on the test split when the sweep has ended, and nothing else is: the points of the frontier with every seed of their
    /// configurations, and the references.
    /// </summary>
    public IEnumerable<Point> ToTest => TestedOf(Measured, Frontier, References);

    public int Succeeded => Trials.Count(t => t.Status == TrialStatus.Succeeded);

    public int Failed => Trials.Count(t => t.Status == TrialStatus.Failed);

    /// <param name="measured">Of the trials that succeeded, by number; read before the trials, so that none of them is missing there.</param>
    /// <param name="device">What they were measured on; null for the sweep's first class.</param>
    public static ExperimentResults Of(Sweep sweep, IReadOnlyList<TrialRow> trials, IReadOnlyList<Point> measured, string? device = null)
    {
        var isReference = trials.Where(t => t.IsReference).Select(t => t.Number).ToHashSet();
        var references = measured.Where(point => isReference.Contains(point.Trial)).ToDictionary(point => point.Seed);
        var points = SeedAggregate.Of(measured);
        return new()
        {
            Sweep = sweep,
            Device = device ?? sweep.Devices[0],
            Trials = trials,
            Measured = measured,
            Points = points,
            References = references,
            Reference = points.FirstOrDefault(point => isReference.Contains(point.Trial)),
            Frontier = SweepFrontier.Of(points, sweep.Objectives, sweep.Constraints, references),
        };
    }

    /// <summary>Reads what the store holds of an experiment, also while it runs.</summary>
    /// <param name="notes">Whether points carry the notes of all their stages: for a report, not for a view that is drawn again and again.</param>
    /// <param name="device">One of the sweep's device classes; null for the first.</param>
    /// <exception cref="ArgumentException">The sweep has no such class.</exception>
    /// <exception cref="StoreException">The store cannot be read, or the experiment was written by another version of Grid.</exception>
    public static async Task<ExperimentResults> Load(IExperimentStore store, ExperimentRow experiment, bool notes = false, string? device = null)
    {
        try
        {
            var sweep = SweepJson.Read(experiment.Sweep);
            device ??= sweep.Devices[0];
            if (!sweep.Devices.Contains(device))
                throw new ArgumentException($"The sweep is not measured on '{device}'.", nameof(device));
            var (points, measured) = (new ResultPoints(sweep), new List<Point>());
            await foreach (var page in ResultPages.Results(store, experiment.Id, sweep, device).ConfigureAwait(false))
            {
                if (notes)
                    await points.ReadNotes(store, page).ConfigureAwait(false);
                measured.AddRange(points.Of(page));
            }
            return Of(sweep, await store.ListTrials(experiment.Id).ConfigureAwait(false), measured, device);
        }
        catch (JsonException e)
        {
            throw Unreadable(experiment.Id, e);
        }
    }

    internal static IEnumerable<Point> TestedOf(IEnumerable<Point> measured, SweepFrontier frontier, IReadOnlyDictionary<long, Point> references)
    {
        var configurations = frontier.Frontier.Select(p => p.Config).ToHashSet();
        var uncompressed = references.Values.Select(p => p.Trial).ToHashSet();
        return measured.Where(p => uncompressed.Contains(p.Trial) || configurations.Contains(p.Config));
    }

    internal static StoreException Unreadable(string experiment, JsonException error) =>
        new($"The rows of {experiment} cannot be read: {error.Message} Read it with the version of Grid that ran it.", error);
}
