using Grid.Client.Commands;
using Grid.Client.Drawing;
using Grid.Client.Json;
using Grid.Client.Live;
using Grid.Client.Reading;
using Grid.Experiments.Store;
using Spectre.Console;

namespace Grid.Client.Running;

/// <summary>How a sweep stood when it was no longer followed.</summary>
/// <param name="Problems">Why it stopped, when not by the user; what it could not leave.</param>
/// <param name="Left">The user asked to stop.</param>
/// <param name="Outcomes">On each class of machines, the sweep's first class first.</param>
internal sealed record SweepEnding(LiveFrame Frame, IReadOnlyList<Outcome> Outcomes, IReadOnlyList<string> Problems, bool Left)
{
    private const int MostFailures = 10;

    /// <summary>What was written for each class; none where nothing was.</summary>
    public IReadOnlyList<LeftFiles> Files { get; init; } = [];

    /// <summary>What it took so far; null when it never ran.</summary>
    public Spending? Spending { get; init; }

    public int ExitCode => Frame.Status switch
    {
        ExperimentStatus.Running => ExitCodes.Interrupted,
        ExperimentStatus.Interrupted or ExperimentStatus.Paused => Left ? ExitCodes.Interrupted : Problems.Count == 0 ? ExitCodes.Incomplete : ExitCodes.BadInput,
        _ when HasNoFrontier => ExitCodes.NothingUsable,
        ExperimentStatus.Done => Outcome.Failed > 0 || Problems.Count > 0 ? ExitCodes.Incomplete : ExitCodes.Done,
        _ => ExitCodes.Incomplete,
    };

    /// <summary>On the sweep's first class; trials are the same on all.</summary>
    private Outcome Outcome => Outcomes[0];

    private bool HasNoFrontier => Outcomes.All(o => o.Frontier.Count == 0);

    public Answer Answer(Invocation call, IArtifactStore artifacts)
    {
        IReadOnlyList<string> problems = [.. Problems, .. Frame.Status == ExperimentStatus.Done ? Outcome.WhyEmpty(Outcomes, [], call.PlaceOption) : []];
        var document = new RunDocument(
            Outcome.Row.Id, Frame.Status,
            new TrialCounts(Frame.TrialsTotal, Outcome.Succeeded, Outcome.Failed),
            Frame.Stages is { } stages ? new StageCounts(stages.Total, stages.Computed, stages.Reused) : null,
            Outcome.Reference is { } reference ? PointDocument.Of(reference, artifacts) : null,
            [.. Outcome.Frontier.Select(p => PointDocument.Of(p, artifacts))],
            Outcome.Device,
            SpentDocument.Of(Spending),
            ClassDocument.OfOthers(Outcomes, artifacts),
            problems);
        return new Answer(document, console => Draw(console, call), ExitCode) { Problems = problems };
    }

    private void Draw(IAnsiConsole console, Invocation call)
    {
        Prose.Write(console, Summary(), new Style(decoration: Decoration.Bold));
        if (Spending is not null)
            Prose.Write(console, BudgetText.Of(Spending, Outcome.Sweep.Budget));
        if (Spending?.EndedBy is not null && Frame.Status == ExperimentStatus.Done)
            Prose.Write(console, $"Go on with a larger budget in the file: grid extend {Outcome.Row.Id} FILE{call.PlaceOption}");
        Failures(console, call);
        if (!HasNoFrontier)
        {
            console.WriteLine();
            OutcomeView.Draw(console, Outcomes, call.PlaceOption);
        }
        foreach (var (device, report, models) in Files)
        {
            var on = Files.Count > 1 ? $"  ({device})" : "";
            if (report is not null)
                console.Profile.Out.Writer.WriteLine($"report  {report}{on}");
            if (models is not null)
                console.Profile.Out.Writer.WriteLine($"models  {models}{on}");
        }
        if (Frame.Status == ExperimentStatus.Running)
            console.Profile.Out.Writer.WriteLine($"It goes on. End it with: grid cancel {Outcome.Row.Id}{call.PlaceOption}");
        if (Frame.Status is ExperimentStatus.Interrupted or ExperimentStatus.Cancelled or ExperimentStatus.Paused)
            console.Profile.Out.Writer.WriteLine($"What is finished is kept. Go on with: grid resume {Outcome.Row.Id}{call.PlaceOption}");
    }

    private string Summary()
    {
        var trials = Frame.TrialsTotal is { } all ? $"{Outcome.Succeeded} of {Counted.Of(all, "trial")}" : Counted.Of(Outcome.Succeeded, "trial");
        var text = $"{Outcome.Row.Id}  {Frame.Status.ToString().ToLowerInvariant()}: {trials} succeeded, {Outcome.Failed} failed";
        if (Frame.Stages is { } stages)
            text += $"; {Counted.Of(stages.Computed, "stage")} computed, {stages.Reused} reused, in {Units.Duration(Frame.Elapsed)}";
        return text;
    }

    private void Failures(IAnsiConsole console, Invocation call)
    {
        var failed = Outcome.Trials.Where(t => t.Status == TrialStatus.Failed).ToList();
        foreach (var trial in failed.Take(MostFailures))
            Prose.Write(console, $"trial {trial.Number} failed: {trial.Error ?? "no reason recorded"}", new Style(Color.Red));
        if (failed.Count > MostFailures)
            Prose.Write(console, $"and {failed.Count - MostFailures} more.");
        if (failed.Count > 0)
            Prose.Write(console, $"Try them again with: grid resume {Outcome.Row.Id} --retry-failed{call.PlaceOption}");
    }
}

/// <summary>What a finished sweep leaves on this machine for one class of machines.</summary>
/// <param name="Report">Path of its HTML page; null when that could not be written.</param>
/// <param name="Models">Folder with the models of the frontier; null when that is empty, or they could not be copied.</param>
internal sealed record LeftFiles(string Device, string? Report, string? Models);
