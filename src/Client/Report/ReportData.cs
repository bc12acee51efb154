using Grid.Client.Reading;
using Grid.Experiments.Analysis;
using Grid.Experiments.Results;
using Grid.Experiments.Store;

namespace Grid.Client.Report;

/// <summary>Everything that a report is made of.</summary>
/// <param name="Ends">When trials were measured, as far as that is known.</param>
/// <param name="Spending">What the experiment took; null when it never ran.</param>
internal sealed record ReportData(Outcome Outcome, ExperimentResults Results, IReadOnlyList<TrialEnd> Ends, Spending? Spending, ReportFacts Facts)
{
    /// <summary>Reads what stands in the store beside the results.</summary>
    /// <exception cref="UserException">A variable of the environment has no meaning.</exception>
    public static async Task<ReportData> Load(
        IExperimentStore store, ExperimentRow row, ExperimentResults results, IReadOnlyDictionary<string, string> environment)
    {
        var clock = new TrialClock();
        await clock.Read(store, row.Id);
        return new(Outcome.Of(row, results), results, clock.Ends, await store.FindSpending(row.Id), ReportFacts.Of(results.Sweep, environment));
    }
}
