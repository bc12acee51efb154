using System.Diagnostics.Metrics;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using static Grid.Experiments.Telemetry.GridTelemetry;

namespace Grid.Experiments.Telemetry;

/// <summary>The one meter of a process, and what it counts. Where nobody listens, counting costs a look at a flag. Thread-safe.</summary>
public sealed class GridMeter
{
    private readonly Meter meter;
    private readonly Counter<long> trials;
    private readonly Counter<long> stages;
    private readonly Counter<long> needed;
    private readonly Counter<long> reclaimed;
    private readonly Counter<long> fenced;
    private readonly Counter<long> restarts;
    private readonly Histogram<double> stageDuration;
    private readonly Histogram<double> storeDuration;
    private readonly Lazy<Counter<double>> energy;

    public GridMeter(IMeterFactory factory)
    {
        meter = factory.Create(MeterName);
        trials = Counter<long>(Instruments.Trials);
        stages = Counter<long>(Instruments.Stages);
        needed = Counter<long>(Instruments.Needed);
        reclaimed = Counter<long>(Instruments.Reclaimed);
        fenced = Counter<long>(Instruments.Fenced);
        restarts = Counter<long>(Instruments.RunnerRestarts);
        stageDuration = Histogram(Instruments.StageDuration);
        storeDuration = Histogram(Instruments.StoreDuration);
        // Where there is no reading there is no instrument: nobody shall take "unknown" for 0.
        energy = new(() => Counter<double>(Instruments.Energy));
    }

    /// <summary>Makes every counter begin at 0, so that its first rise is seen as one. Called once something listens.</summary>
    public void CountFromZero()
    {
        foreach (var outcome in (ReadOnlySpan<string>)["succeeded", "failed"])
            trials.Add(0, Tag(Attributes.Outcome, outcome));
        foreach (var kind in Words.All<StageKind>())
            foreach (var outcome in Words.All<StageOutcome>())
                stages.Add(0, Tag(Attributes.StageKind, kind), Tag(Attributes.Outcome, outcome));
        foreach (var source in (ReadOnlySpan<string>)["computed", "reused"])
            needed.Add(0, Tag(Attributes.StageSource, source));
        foreach (var reason in Words.All<ReclaimReason>())
            reclaimed.Add(0, Tag(Attributes.Reason, reason));
        foreach (var reason in Words.All<RunnerEnd>())
            restarts.Add(0, Tag(Attributes.Reason, reason));
        fenced.Add(0);
    }

    public void TrialEnded(bool succeeded) => trials.Add(1, Tag(Attributes.Outcome, succeeded ? "succeeded" : "failed"));

    /// <summary>The end of an attempt was recorded.</summary>
    /// <param name="seconds">Wall time of the attempt.</param>
    public void StageEnded(StageKind kind, StageOutcome outcome, double seconds)
    {
        var (ofKind, withOutcome) = (Tag(Attributes.StageKind, Words.Of(kind)), Tag(Attributes.Outcome, Words.Of(outcome)));
        stages.Add(1, ofKind, withOutcome);
        stageDuration.Record(seconds, ofKind, withOutcome);
    }

    /// <summary>A sweep got a stage that it needed.</summary>
    public void StageGot(bool reused) => needed.Add(1, Tag(Attributes.StageSource, reused ? "reused" : "computed"));

    public void LeasesReclaimed(int count, ReclaimReason reason)
    {
        if (count > 0)
            reclaimed.Add(count, Tag(Attributes.Reason, Words.Of(reason)));
    }

    public void ResultFenced() => fenced.Add(1);

    public void RunnerEnded(RunnerEnd reason) => restarts.Add(1, Tag(Attributes.Reason, Words.Of(reason)));

    /// <summary>What an attempt took by a meter that gave a reading. Not to be called where there is none: unknown is not 0.</summary>
    /// <param name="joules">At least 0; not finite numbers are passed over.</param>
    /// <param name="source">Of a fixed list, such as <c>rapl.package</c>: it becomes a label.</param>
    public void EnergyTaken(double joules, string source, Provenance provenance)
    {
        if (double.IsFinite(joules) && joules >= 0 && provenance != Provenance.Unavailable)
            energy.Value.Add(joules, Tag(Attributes.EnergySource, source), Tag(Attributes.EnergyProvenance, Words.Of(provenance)));
    }

    /// <param name="operation">A member of IExperimentStore.</param>
    public void StoreCalled(string operation, TimeSpan took, bool done) => storeDuration.Record(
        took.TotalSeconds, Tag(Attributes.StoreOperation, operation), Tag(Attributes.Outcome, done ? "done" : "failed"));

    /// <summary>Has a gauge ask for its values whenever somebody looks.</summary>
    public void Observe<T>(InstrumentDefinition gauge, Func<IEnumerable<Measurement<T>>> values) where T : struct =>
        meter.CreateObservableGauge(gauge.Name, values, gauge.Unit, gauge.Description);

    /// <summary>A value of a gauge.</summary>
    public static Measurement<T> Value<T>(T value, params ReadOnlySpan<(AttributeDefinition Attribute, string Value)> attributes) where T : struct
    {
        var tags = new KeyValuePair<string, object?>[attributes.Length];
        for (var i = 0; i < tags.Length; i++)
            tags[i] = Tag(attributes[i].Attribute, attributes[i].Value);
        return new Measurement<T>(value, tags);
    }

    private static KeyValuePair<string, object?> Tag(AttributeDefinition attribute, string value) => new(attribute.Name, value);

    private Counter<T> Counter<T>(InstrumentDefinition definition) where T : struct =>
        meter.CreateCounter<T>(definition.Name, definition.Unit, definition.Description);

    private Histogram<double> Histogram(InstrumentDefinition definition) => meter.CreateHistogram(
        definition.Name, definition.Unit, definition.Description, tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = definition.Boundaries });
}

/// <summary>Why a lease was taken back.</summary>
public enum ReclaimReason
{
    /// <summary>Nobody prolonged it in time.</summary>
    Expired,

    /// <summary>The membership of the cluster says that its holder has ended.</summary>
    [System.Text.Json.Serialization.JsonStringEnumMemberName("holder-dead")] HolderDead,
}

/// <summary>Why a runner process was ended, or had ended, before its silo was done with it.</summary>
public enum RunnerEnd
{
    Crashed,
    [System.Text.Json.Serialization.JsonStringEnumMemberName("timed-out")] TimedOut,

    /// <summary>Nobody waited any more for what it was at.</summary>
    Abandoned,

    /// <summary>It said what it should not.</summary>
    Protocol,

    /// <summary>It had grown larger than it may.</summary>
    [System.Text.Json.Serialization.JsonStringEnumMemberName("too-large")] TooLarge,

    /// <summary>There was none to begin with.</summary>
    Unstartable,
}
