using Grid.Client.Commands;
using Grid.Client.Drawing;
using Grid.Client.Live;
using Grid.Client.Reading;
using Grid.Experiments.Results;
using Grid.Experiments.Store;
using Grid.Grains.Contracts;
using Spectre.Console;

namespace Grid.Client.Running;

/// <summary>
/// Follows a sweep to its end: draws it again and again where a person watches, otherwise writes a line for what happens. The user's
/// request to stop is handed on, and the sweep followed until it has stopped.
/// </summary>
internal sealed class SweepFollower(ISweepSource source, IExperimentStore store, ExperimentRow row, Invocation call)
{
    private const int MostTroubles = 20;

    /// <summary>More trials that had ended before anybody looked are told in one line. From then on each has its own.</summary>
    private const int MostOfThePast = 20;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly List<EventRow> untold = [];
    private readonly Queue<string> troubles = [];
    private readonly ReadingPace pace = new();
    private readonly Task interrupted = Task.Delay(Timeout.Infinite, call.Interrupted);
    private ExperimentResults? results;
    private int tests;
    private Outcome? outcome;
    private string? told;
    private readonly HashSet<string> toldLimits = [];
    private bool caughtUp;
    private long seen;

    /// <summary>Passes over what happened before now.</summary>
    public async Task SkipPast()
    {
        while (await source.Events(seen) is { Count: > 0 } past)
            seen = past[^1].Sequence;
    }

    /// <summary>Answers how the sweep stood at last: no longer running, unless the user left one that another process runs.</summary>
    public async Task<LiveFrame> Follow()
    {
        var last = await source.Look();
        await using var site = await LiveSite.Open(call, row, last);
        if (!call.Live)
        {
            if (site?.Address is { } address)
                call.Say($"Live: {address}");
            return await Loop(site, _ => { });
        }
        await call.Output.Live(LiveView.Draw(last, call.Output.Profile.Height)).AutoClear(true)
            .StartAsync(async context => last = await Loop(site, frame => context.UpdateTarget(LiveView.Draw(frame, call.Output.Profile.Height))));
        return last;
    }

    private async Task<LiveFrame> Loop(LiveSite? site, Action<LiveFrame> show)
    {
        Task<bool>? stop = null;
        while (true)
        {
            var frame = await source.Look();
            Tell(frame.Notice);
            TellLimit(frame.Limit);
            var ended = frame.Status != ExperimentStatus.Running;
            await ReadNews(site, frame.Status);
            var stopping = call.Interrupted.IsCancellationRequested ? source.Stopping : null;
            var shown = frame with
            {
                Stages = WithTests(frame),
                Outcome = outcome,
                Troubles = [.. troubles],
                Stopping = stopping is not null,
                Notice = stopping ?? frame.Notice,
                Page = site?.Address,
            };
            site?.Show(shown);
            show(shown);
            if (ended || (stop is { IsCompleted: true } && !await stop))
                return frame;
            if (stop is null && call.Interrupted.IsCancellationRequested)
            {
                if (source.Stopping is { } notice)
                    Line(notice);
                stop = source.Stop();
            }
            await Task.WhenAny(Task.Delay(Tick, TimeProvider.System), stop ?? interrupted);
        }
    }

    private async Task ReadNews(LiveSite? site, ExperimentStatus status)
    {
        var all = status != ExperimentStatus.Running;
        do
        {
            var page = await source.Events(seen);
            if (page.Count == 0)
                break;
            untold.AddRange(page);
            seen = page[^1].Sequence;
        }
        while (all || !caughtUp);
        if (results is null || untold.Any(e => e.Kind == EventKinds.TrialSucceeded) || all)
        {
            if (!all && !pace.IsTime)
                return;
            using (pace.Measure())
            {
                results = await ExperimentResults.Load(store, row);
                if (site is not null)
                    await site.Show(store, results, status);
            }
            outcome = results.Points.Count > 0 ? Outcome.Of(row, results) : null;
            tests = results.ToTest.Count();
        }
        Tell();
    }

    /// <summary>With the stages to come that test what is on the frontier now, of the sweep's first class of machines.</summary>
    private StageTally? WithTests(LiveFrame frame) => frame is { Stages: { } stages, Status: ExperimentStatus.Running, Testing: false }
        ? stages with { Total = stages.Total + tests }
        : frame.Stages;

    /// <summary>Once, however long it lasts.</summary>
    private void Tell(string? notice)
    {
        if (notice is not null && told is null)
            Line(notice);
        told = notice;
    }

    /// <summary>Each only the first time: they come and go.</summary>
    private void TellLimit(string? limit)
    {
        if (limit is null || !toldLimits.Add(limit))
            return;
        Line($"{limit}. Change it with: grid set {row.Id} --most-slots N{call.PlaceOption}");
    }

    private void Tell()
    {
        if (caughtUp && untold.Count == 0)
            return;
        var points = results!.Measured.ToDictionary(p => p.Trial);
        var past = caughtUp ? 0 : untold.Count(e => e.Kind == EventKinds.TrialSucceeded);
        if (past > MostOfThePast)
            Line($"{past} trials were done before");
        caughtUp = true;
        foreach (var happened in untold.Where(e => past <= MostOfThePast || e.Kind != EventKinds.TrialSucceeded))
        {
            if (happened.Kind == EventKinds.Started)
                troubles.Clear();
            if (PlainProgress.Line(happened, points.GetValueOrDefault, p => ConfigText.Of(p.Config, results.Sweep)) is not { } line)
                continue;
            Line(line);
            if (!PlainProgress.IsTrouble(happened.Kind))
                continue;
            troubles.Enqueue(line);
            if (troubles.Count > MostTroubles)
                troubles.Dequeue();
        }
        untold.Clear();
    }

    private void Line(string text)
    {
        if (!call.Live)
            call.Say(text);
    }
}
