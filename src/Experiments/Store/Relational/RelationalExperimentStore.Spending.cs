namespace Grid.Experiments.Store.Relational;

internal sealed partial class RelationalExperimentStore
{
    public Task<Spending?> FindSpending(string experiment) => Read(session =>
        session.First("find-spending", SqlRows.Spending, ("experiment", experiment)));

    public Task SaveSpending(string experiment, Spending spending) => Write(session => session.Execute(
        "save-spending",
        ("experiment", experiment), ("seconds", spending.Seconds), ("joules", spending.Energy.Value),
        ("provenance", Names<Metrics.Provenance>.Of(spending.Energy.Provenance)), ("counted", spending.Counted),
        ("uncounted", spending.Uncounted), ("endedBy", spending.EndedBy)));
}
