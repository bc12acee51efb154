using System.Diagnostics;
using Grid.Experiments.Datasets;
using Grid.Experiments.Measurement.Energy;
using Grid.Experiments.Measurement.Machine;
using Grid.Experiments.Running;
using Grid.Experiments.Stages;
using Grid.Experiments.Telemetry;
using static Grid.Experiments.Telemetry.GridTelemetry;

namespace Grid.Runner.Stages;

/// <summary>Carries out orders with the code of the stages.</summary>
/// <param name="load">Loads a dataset; the last one is kept for the next order, which mostly wants the same.</param>
/// <param name="gate">Passed before every stage: who measures is alone on the machine.</param>
/// <param name="meter">Counts what each stage takes, its waiting for the machine left out.</param>
internal sealed class OrderRunner(IEnumerable<IStage> stages, Func<DataSettings, Dataset> load, MachineGate gate, StageMeter meter)
{
    private readonly Dictionary<StageKind, IStage> stages = stages.ToDictionary(stage => stage.Kind);
    private (DataSettings Settings, Dataset Data)? loaded;

    public StageResult Execute(StageOrder order, IRunnerLink link)
    {
        using var span = order.Trace is { } trace ? Tracing.Begin(Spans.Execute, trace)?.With(Attributes.StageKind, Words.Of(order.Kind)) : null;
        try
        {
            return Carry(order, link);
        }
        catch (Exception e)
        {
            span?.SetStatus(ActivityStatusCode.Error, e.Message);
            throw;
        }
    }

    private StageResult Carry(StageOrder order, IRunnerLink link)
    {
        if (!stages.TryGetValue(order.Kind, out var stage))
            throw new StageException($"This runner has no code for the stage '{order.Kind}'. Use the runner of the same version as the silo.");
        using var place = Enter(order, link);
        using (Tracing.Part(Spans.Load)?.With(Attributes.Loaded, "models"))
            OrderInputs.Check(order);
        link.Started();
        using var energy = meter.Begin();
        using var span = Tracing.Part(Spans.Of(order.Kind));
        var result = stage.Run(new StageContext
        {
            Settings = order.Settings,
            Seed = order.Seed,
            InputPath = order.InputPath,
            ReferencePath = order.ReferencePath,
            OutputPath = order.OutputPath,
            Data = () => Load(order),
            Report = link.Progress,
            Checkpoints = Checkpoints(order, link),
        });
        if (order.Kind is not (StageKind.Measure or StageKind.Test) && !File.Exists(order.OutputPath))
            throw new InvalidOperationException($"The stage '{order.Kind}' ended without writing its model.");
        return result with { Cost = energy.Cost() };
    }

    private IDisposable Enter(StageOrder order, IRunnerLink link)
    {
        using var span = Tracing.Part(Spans.Wait);
        return gate.Enter(alone: order.Kind == StageKind.Measure, link.Waiting);
    }

    /// <summary>A training goes on only on the very model that it began with, which may have been made anew meanwhile.</summary>
    private static StageCheckpoints? Checkpoints(StageOrder order, IRunnerLink link) => order.CheckpointSeconds is { } seconds
        ? new StageCheckpoints(
            $"{order.Key} {order.InputSha256}", order.CheckpointPath, order.CheckpointTarget, TimeSpan.FromSeconds(seconds), link.Checkpoint)
        : null;

    private Dataset Load(StageOrder order)
    {
        var settings = order.Data ?? throw new StageException($"The stage '{order.Kind}' was given no data.");
        if (loaded is not { } kept || kept.Settings != settings)
        {
            using var span = Tracing.Part(Spans.Load)?.With(Attributes.Loaded, "data");
            // Let go first: two datasets need not fit at once.
            loaded = null;
            loaded = kept = (settings, load(settings));
        }
        return kept.Data;
    }
}
