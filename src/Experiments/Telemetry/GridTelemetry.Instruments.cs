using static Grid.Experiments.Telemetry.InstrumentKind;

namespace Grid.Experiments.Telemetry;

public static partial class GridTelemetry
{
    public static class Instruments
    {
        public static InstrumentDefinition Trials { get; } = new(
            "grid.trials", Counter, "{trial}", "Trials that ended: succeeded or failed.", Attributes.Outcome);

        public static InstrumentDefinition Stages { get; } = new(
            "grid.stages", Counter, "{attempt}", "Attempts at stages whose end was recorded: done, failed, crashed, timed-out, damaged-input or no-space.",
            Attributes.StageKind, Attributes.Outcome);

        public static InstrumentDefinition StageDuration { get; } = new(
            "grid.stage.duration", Histogram, "s", "Time from the beginning of a recorded attempt in its runner to its end; outcomes as of grid.stages.",
            Attributes.StageKind, Attributes.Outcome)
        {
            Boundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200],
        };

        public static InstrumentDefinition Needed { get; } = new(
            "grid.stages.needed", Counter, "{stage}", "Stages that sweeps needed and got: computed for them, or reused because they were done.", Attributes.StageSource);

        public static InstrumentDefinition Reclaimed { get; } = new(
            "grid.leases.reclaimed", Counter, "{lease}", "Leases taken back from whoever held them: expired, or holder-dead.", Attributes.Reason);

        public static InstrumentDefinition Fenced { get; } = new(
            "grid.results.fenced", Counter, "{result}", "Ends of attempts that were refused because another attempt had taken over.");

        public static InstrumentDefinition RunnerRestarts { get; } = new(
            "grid.runner.restarts", Counter, "{process}", "Runner processes ended to be replaced: crashed, timed-out, abandoned, protocol, too-large or unstartable.",
            Attributes.Reason);

        public static InstrumentDefinition Energy { get; } = new(
            "grid.energy", Counter, "J", "Energy that attempts at stages took, where a meter gives a reading; absent where none does.",
            Attributes.EnergySource, Attributes.EnergyProvenance);

        public static InstrumentDefinition StoreDuration { get; } = new(
            "grid.store.duration", Histogram, "s", "Time that a call of the store took: done or failed.", Attributes.StoreOperation, Attributes.Outcome)
        {
            Boundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30, 120],
        };

        public static InstrumentDefinition SlotsUsed { get; } = new("grid.slots.used", Gauge, "{slot}", "Slots of this silo that are at a lease.", Attributes.Pool);

        public static InstrumentDefinition Slots { get; } = new("grid.slots", Gauge, "{slot}", "Slots of this silo.", Attributes.Pool);

        public static InstrumentDefinition Pending { get; } = new(
            "grid.pool.pending", Gauge, "{stage}", "Stages that wait in a pool while any sweep runs, read from the store by every control silo.", Attributes.Pool);

        public static InstrumentDefinition Leased { get; } = new(
            "grid.pool.leased", Gauge, "{stage}", "Stages leased out by a pool, read from the store by every control silo.", Attributes.Pool);

        public static InstrumentDefinition OldestAge { get; } = new(
            "grid.pool.oldest.age", Gauge, "s", "How long the longest waiting stage of a pool has waited, read from the store by every control silo.", Attributes.Pool);

        public static InstrumentDefinition StoredStages { get; } = new(
            "grid.store.stages", Gauge, "{stage}", "Stages in the store: pending, leased, done or failed. Read by every control silo.",
            Attributes.StageKind, Attributes.Status);

        public static InstrumentDefinition StoredSweeps { get; } = new(
            "grid.store.sweeps", Gauge, "{sweep}", "Sweeps in the store: running, paused, interrupted, cancelled or done. Read by every control silo.", Attributes.Status);

        public static InstrumentDefinition Hypervolume { get; } = new(
            "grid.sweep.hypervolume", Gauge, "{reference}", "Volume that the frontier of a running sweep dominates, in multiples of its uncompressed model; absent until that is measured.",
            Attributes.Sweep);

        public static InstrumentDefinition Reuse { get; } = new(
            "grid.sweep.reuse.ratio", Gauge, "1", "Share of the stages that a running sweep needed so far and found done.", Attributes.Sweep);

        public static InstrumentDefinition SweepTrials { get; } = new(
            "grid.sweep.trials", Gauge, "{trial}", "Trials of a running sweep since it was last begun: succeeded or failed.", Attributes.Sweep, Attributes.Outcome);

        public static IReadOnlyList<InstrumentDefinition> All { get; } =
        [
            Trials, Stages, StageDuration, Needed, Reclaimed, Fenced, RunnerRestarts, Energy, StoreDuration, SlotsUsed, Slots, Pending, Leased, OldestAge,
            StoredStages, StoredSweeps, Hypervolume, Reuse, SweepTrials,
        ];
    }
}
