using Grid.Client.Drawing;
using Grid.Experiments.Store;

namespace Grid.Client.Report.Document;

/// <summary>The texts of the page's document.</summary>
internal static class PageWords
{
    public static PageTexts Of(ReportData data)
    {
        var outcome = data.Outcome;
        return new(
            $"{Counted.Of(outcome.Succeeded, "trial")} measured, {outcome.Failed} failed, {outcome.Frontier.Count} on the frontier",
            outcome.Knee is { } knee ? Comparison.Reason(outcome, knee)
            : outcome is { Points.Count: 0, Row.Status: ExperimentStatus.Running } ? "No model is measured yet."
            : outcome.WhyEmpty([], place: ""),
            // A model is not compared with itself.
            outcome.Knee is { } best ? [.. Comparison.Parts(outcome, best).Select(part => best.Trial == outcome.Reference?.Trial ? part with { Change = null } : part)] : [],
            [.. Facts(data)],
            [.. FrontierRemarks.Of(outcome)],
            data.Spending is { } spending ? BudgetText.Of(spending, outcome.Sweep.Budget) : null,
            outcome.Failed > PageDocuments.MostFailures ? $"and {outcome.Failed - PageDocuments.MostFailures} more: grid show {outcome.Row.Id} --json" : "",
            (outcome.Knee ?? outcome.Reference) is { } model
                ? $"grid export {outcome.Row.Id} --trial {model.Trial}{(outcome.Device == outcome.Sweep.Devices[0] ? "" : $" --device {outcome.Device}")} --output ./model"
                : null);
    }

    private static IEnumerable<PageFact> Facts(ReportData data)
    {
        var (outcome, facts) = (data.Outcome, data.Facts);
        var (row, sweep) = (outcome.Row, outcome.Sweep);
        yield return new("model", sweep.Model.Zoo ?? sweep.Model.File ?? "");
        yield return new("data", $"{sweep.Data.Name}, {facts.Data}", facts.DataIsGenerated ? "generated" : null);
        if (sweep.RunOn is not null)
            yield return new("measured on", outcome.Device + (sweep.Devices.Count == 1 ? "" : $", one of {sweep.Devices.Count} device classes ({string.Join(", ", sweep.Devices)}), each with a frontier of its own"));
        yield return new("objectives", string.Join(", ", sweep.Objectives.Select(ObjectiveText.Of)));
        if (sweep.Constraints.Count > 0)
            yield return new("limits", string.Join(", ", sweep.Constraints.Select(ObjectiveText.Of)));
        if (outcome.Hypervolume is { } volume)
            yield return new("hypervolume", volume.ToString("G4"));
        yield return new("seeds", string.Join(", ", sweep.Seeds));
        yield return new("begun", $"{row.CreatedAt.ToUniversalTime():yyyy-MM-dd HH:mm} UTC");
        yield return new("written", $"{facts.WrittenAt.ToUniversalTime():yyyy-MM-dd HH:mm} UTC by Grid {facts.Version} on {facts.Machine}");
    }
}
