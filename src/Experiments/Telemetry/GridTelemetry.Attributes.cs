namespace Grid.Experiments.Telemetry;

public static partial class GridTelemetry
{
    public static class Attributes
    {
        public static AttributeDefinition Sweep { get; } = new("grid.sweep.id", "Id of the experiment. On instruments only of those that run now.");
        public static AttributeDefinition StageKey { get; } = new("grid.stage.key", "Hash of all that decides the stage's result.");
        public static AttributeDefinition StageKind { get; } = new("grid.stage.kind", "source, train, prune, finetune, quantize, measure or test.");
        public static AttributeDefinition StageSettings { get; } = new("grid.stage.settings", "The stage's settings, as JSON.");
        public static AttributeDefinition StageAttempt { get; } = new("grid.stage.attempt", "Which attempt at the stage it is, from 1.");
        public static AttributeDefinition StageSource { get; } = new("grid.stage.source", "computed, or reused where it was done before.");
        public static AttributeDefinition Pool { get; } = new("grid.pool", "The pool it waits in or is carried out for, such as train/cpu.");
        public static AttributeDefinition Silo { get; } = new("grid.silo", "Name of the silo that leased it.");
        public static AttributeDefinition Outcome { get; } = new("grid.outcome", "How it ended; the words stand with each instrument.");
        public static AttributeDefinition Status { get; } = new("grid.status", "As it stands in the store.");
        public static AttributeDefinition Reason { get; } = new("grid.reason", "Why; the words stand with each instrument.");
        public static AttributeDefinition Loaded { get; } = new("grid.load", "models or data.");
        public static AttributeDefinition StoreOperation { get; } = new("grid.store.operation", "What was asked of the store, a member of IExperimentStore.");
        public static AttributeDefinition EnergySource { get; } = new("grid.energy.source", "The meter, such as rapl.package.");
        public static AttributeDefinition EnergyProvenance { get; } = new("grid.energy.provenance", "measured, integrated, attributed or estimated.");
        public static AttributeDefinition Epoch { get; } = new("grid.epoch", "Epochs done.");
        public static AttributeDefinition Loss { get; } = new("grid.loss", "Mean loss of the epoch.");

        public static IReadOnlyList<AttributeDefinition> All { get; } =
        [
            Sweep, StageKey, StageKind, StageSettings, StageAttempt, StageSource, Pool, Silo, Outcome, Status, Reason, Loaded, StoreOperation, EnergySource,
            EnergyProvenance, Epoch, Loss,
        ];
    }
}
