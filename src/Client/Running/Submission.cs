using Grid.Client.Commands;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Files;
using Grid.Experiments.Telemetry;
using Grid.Grains;
using Grid.Grains.Contracts;
using Grid.Silo.Hosting;

namespace Grid.Client.Running;

/// <summary>Puts the sweep of a file, and the user's model if it names one, where a grid finds them.</summary>
internal static class Submission
{
    /// <param name="place">What messages call the place.</param>
    /// <param name="options">What the command line says of its share; of a sweep that is there what it does not say stays.</param>
    /// <returns>The experiment's row; the one that was there if the same sweep was submitted before.</returns>
    public static async Task<ExperimentRow> Add(Invocation call, IGrid grid, string place, SweepReading reading, ShareOptions options)
    {
        var sweep = reading.Sweep!;
        if (reading.ModelFile is { } file)
            await Adopt(grid.Artifacts, file, sweep.Model);
        var id = ExperimentId.Of(sweep);
        var namesakes = (await grid.Store.ListExperiments()).Where(e => e.Name == sweep.Name && e.Id != id).Select(e => e.Id).ToList();
        if (namesakes.Count > 0)
            call.Say($"Other sweeps in {place} are named {sweep.Name} too: {string.Join(", ", namesakes)}. This one is {id}.");
        // With its share from the first: nothing of a new sweep is begun beyond its limit.
        var row = await grid.Store.AddExperiment(
            new ExperimentRow(id, sweep.Name, SweepJson.Write(sweep), ExperimentStatus.Interrupted, false, TimeProvider.System.GetUtcNow(), null)
            {
                Share = options.Of(call, PoolShare.Usual),
            });
        return row with { Share = await options.Set(call, grid.Store, row) };
    }

    /// <summary>Has the grid begin the experiment, or go on with it. A silo that dies meanwhile is no reason not to: another takes the call.</summary>
    public static async Task Start(IGrid grid, ExperimentRow row, bool retryFailed, CancellationToken cancellation)
    {
        using var span = Tracing.Begin(GridTelemetry.Spans.Submit)?.With(GridTelemetry.Attributes.Sweep, row.Id);
        await new Patience(TimeProvider.System).Try(() => grid.Grains.Experiment(row.Id).Start(retryFailed, span is { Recorded: true } ? span.Id : null), cancellation);
    }

    private static async Task Adopt(IArtifactStore artifacts, string file, ModelSource model)
    {
        var copy = artifacts.NewTemporaryPath();
        File.Copy(file, copy);
        if (await artifacts.Adopt(copy) != model.Sha256)
            throw new UserException($"{file} changed while it was read. Run again when it no longer does.");
    }
}
