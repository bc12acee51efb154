namespace Grid.Experiments.Store.Relational;

internal sealed partial class RelationalExperimentStore
{
    public Task AddTrials(IReadOnlyList<TrialRow> rows, IReadOnlyList<MeasurementRow>? further = null) => Write(session => Task.WhenAll(
    [
        .. rows.OrderBy(r => r.Number).Select(row => session.Execute(
            "add-trial",
            ("experiment", row.Experiment), ("number", row.Number), ("config", row.Config), ("isReference", row.IsReference ? 1 : 0),
            ("status", Names<TrialStatus>.Of(row.Status)), ("leaf", row.Leaf), ("test", row.Test), ("error", row.Error))),
        .. (further ?? []).OrderBy(r => r.Number).Select(row => session.Execute(
            "add-measurement", ("experiment", row.Experiment), ("number", row.Number), ("device", row.Device), ("leaf", row.Leaf))),
    ]));

    public Task<bool> FinishTrial(
        string experiment, int number, TrialStatus status, string? error, string eventKind, string eventBody, DateTimeOffset at) => Write(async session =>
    {
        var changed = await session.Execute(
            "finish-trial", ("status", Names<TrialStatus>.Of(status)), ("error", error), ("experiment", experiment), ("number", number));
        // A repeat finds the trial finished: the event was told then.
        if (changed == 1)
            await AppendEvent(session, experiment, eventKind, eventBody, at, id: null);
        return changed == 1;
    });

    public Task<IReadOnlyList<TrialRow>> ListTrials(string experiment) => Read<IReadOnlyList<TrialRow>>(session =>
        session.Query("list-trials", SqlRows.Trial, ("experiment", experiment)));

    public Task<IReadOnlyList<TrialResult>> ListResults(string experiment, string? device = null, int after = -1, int max = int.MaxValue) =>
        Read<IReadOnlyList<TrialResult>>(session => device is null
            ? session.Query("list-results", SqlRows.Result, ("experiment", experiment), ("after", after), ("max", max))
            : session.Query("list-results-on", SqlRows.Result, ("experiment", experiment), ("device", device), ("after", after), ("max", max)));

    public Task<IReadOnlyList<TrialMetrics>> ListMetrics(string experiment, string? device = null, int after = -1, int max = int.MaxValue) =>
        Read<IReadOnlyList<TrialMetrics>>(session => device is null
            ? session.Query("list-metrics", SqlRows.Metrics, ("experiment", experiment), ("after", after), ("max", max))
            : session.Query("list-metrics-on", SqlRows.Metrics, ("experiment", experiment), ("device", device), ("after", after), ("max", max)));
}
