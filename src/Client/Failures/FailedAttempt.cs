using System.Text.Json;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Grains.Contracts;

namespace Grid.Client.Failures;

/// <summary>An attempt at a stage that ended without success, as the experiment was told of it.</summary>
/// <param name="Number">From 1; null where an older Grid told of it, as the others.</param>
/// <param name="Silo">Who carried it out.</param>
internal sealed record FailedAttempt(int? Number, DateTimeOffset At, StageOutcome? Outcome, string? Silo, string Error)
{
    private const int Page = 500;

    /// <summary>Those of one stage that an experiment was told of, oldest first.</summary>
    public static async Task<IReadOnlyList<FailedAttempt>> Of(IExperimentStore store, string experiment, string stage)
    {
        var attempts = new List<FailedAttempt>();
        for (var after = 0L; await store.ReadEvents(experiment, after, Page) is { Count: > 0 } page; after = page[^1].Sequence)
            attempts.AddRange(page.Where(e => e.Kind is EventKinds.StageRetried or EventKinds.AttemptFailed).Select(e => Read(e, stage)).OfType<FailedAttempt>());
        return attempts;
    }

    /// <summary>Null for another stage.</summary>
    private static FailedAttempt? Read(EventRow row, string stage)
    {
        var body = JsonSerializer.Deserialize<Body>(row.Body, JsonSerializerOptions.Web)!;
        return body.Stage == stage ? new(body.Attempt, row.At, body.Outcome, body.Silo, body.Error ?? "") : null;
    }

    private sealed record Body(string? Stage, string? Error, int? Attempt, StageOutcome? Outcome, string? Silo);
}
