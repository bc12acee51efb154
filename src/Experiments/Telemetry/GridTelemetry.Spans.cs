using Grid.Experiments.Stages;

namespace Grid.Experiments.Telemetry;

public static partial class GridTelemetry
{
    public static class Spans
    {
        private const string Client = "client";
        private const string Silo = "silo";
        private const string Runner = "runner";

        public static SpanDefinition Submit { get; } = new(
            "sweep.submit", Client, "A sweep is handed to a grid, or taken up again. A trace of its own; short, as all that follows links to it.", Attributes.Sweep);

        public static SpanDefinition Lease { get; } = new(
            "stage.lease", Silo,
            "A silo gets the lease for one attempt. The root of the attempt's trace: short, so it is seen while the attempt runs. Links to the submission, and to the attempt before.",
            Attributes.Sweep, Attributes.StageKey, Attributes.StageKind, Attributes.StageAttempt, Attributes.Pool, Attributes.Silo);

        public static SpanDefinition Attempt { get; } = new(
            "stage.attempt", Silo, "The attempt, from a slot's first look at it until its end is recorded. Has the same links.",
            Attributes.Sweep, Attributes.StageKey, Attributes.StageKind, Attributes.StageSettings, Attributes.StageAttempt, Attributes.Pool, Attributes.Silo,
            Attributes.Outcome);

        public static SpanDefinition Fetch { get; } = new("stage.fetch", Silo, "The models it reads are fetched to this machine.");

        public static SpanDefinition RunnerStart { get; } = new("runner.start", Silo, "A runner process is started, until it first answers.");

        public static SpanDefinition Record { get; } = new(
            "stage.record", Silo, "Its model goes into the artifact store and its end to the memo of stages.");

        public static SpanDefinition Complete { get; } = new("stage.complete", Silo, "The memo of stages takes its end and writes it down.");

        public static SpanDefinition Store { get; } = new("store", Silo, "The store is read or written.", Attributes.StoreOperation);

        public static SpanDefinition Execute { get; } = new("runner.execute", Runner, "The runner carries the order out.", Attributes.StageKind);

        public static SpanDefinition Wait { get; } = new("machine.wait", Runner, "It waits for its turn: who measures is alone on the machine.");

        public static SpanDefinition Load { get; } = new("stage.load", Runner, "Models are checked against their hashes; data is loaded.", Attributes.Loaded);

        public static SpanDefinition Source { get; } = new("stage.source", Runner, "Makes the first model.");

        public static SpanDefinition Train { get; } = new("stage.train", Runner, "Trains.") { Events = [Events.Epoch] };

        public static SpanDefinition Prune { get; } = new("stage.prune", Runner, "Prunes.");

        public static SpanDefinition FineTune { get; } = new("stage.finetune", Runner, "Trains on after compression.") { Events = [Events.Epoch] };

        public static SpanDefinition Quantize { get; } = new("stage.quantize", Runner, "Quantizes.");

        public static SpanDefinition Measure { get; } = new("stage.measure", Runner, "Measures the exported model.");

        public static SpanDefinition Test { get; } = new("stage.test", Runner, "Looks at the test split.");

        public static SpanDefinition Export { get; } = new("stage.export", Runner, "Writes the model as ONNX.");

        /// <summary>What a runner does for a kind of stage.</summary>
        public static SpanDefinition Of(StageKind kind) => kind switch
        {
            StageKind.Source => Source,
            StageKind.Train => Train,
            StageKind.Prune => Prune,
            StageKind.FineTune => FineTune,
            StageKind.Quantize => Quantize,
            StageKind.Measure => Measure,
            StageKind.Test => Test,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no span for it."),
        };

        public static IReadOnlyList<SpanDefinition> All { get; } =
        [
            Submit, Lease, Attempt, Fetch, RunnerStart, Record, Complete, Store, Execute, Wait, Load, Source, Train, Prune, FineTune, Quantize, Measure, Test, Export,
        ];
    }

    public static class Events
    {
        public static SpanEventDefinition Epoch { get; } = new(
            "epoch", "An epoch has ended; of more than a hundred, a hundred are told.", Attributes.Epoch, Attributes.Loss);

        public static IReadOnlyList<SpanEventDefinition> All { get; } = [Epoch];
    }
}
