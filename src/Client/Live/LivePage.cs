using Grid.Client.Json;
using Grid.Client.Report;
using Grid.Client.Report.Document;
using Grid.Experiments.Store;

namespace Grid.Client.Live;

/// <summary>
/// What the live page shows of a sweep. Who follows the sweep only leaves here what it has; pages and documents are made when somebody asks, once for
/// all who look, and rarely enough that measurements on this machine are not disturbed.
/// </summary>
internal sealed class LivePage
{
    /// <summary>Making documents takes at most a fiftieth of the time.</summary>
    private const double Rest = 50;
    private static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(1);

    private readonly Lock state = new();
    private readonly Lock making = new();
    private TaskCompletionSource changed = NewSignal();
    private LiveFrame frame;
    private IReadOnlyList<ReportData> data;
    private int reports = 1;
    private int version = 1;
    private bool closed;

    /// <summary>By class of machines; only of those that somebody asked for.</summary>
    private readonly Dictionary<string, MadeReport> made = [];

    /// <param name="data">One for each class of machines that the sweep is measured on, its first class first.</param>
    public LivePage(LiveFrame frame, params IReadOnlyList<ReportData> data) => (this.frame, this.data) = (frame, data);

    /// <summary>Tells pages of one server from those of another that listened at the same address.</summary>
    public string Server { get; } = Guid.NewGuid().ToString("N");

    /// <summary>How the sweep stands now.</summary>
    public void Show(LiveFrame now) => Change(() => frame = now);

    /// <summary>What it has found so far, on each class of machines.</summary>
    public void Show(params IReadOnlyList<ReportData> found) => Change(() =>
    {
        data = found;
        reports++;
    });

    /// <summary>The last that is told: nobody will answer any more.</summary>
    public void Close() => Change(() => closed = true);

    /// <summary>How the sweep stands, as soon as that is not what the asker knows; null when nothing changed for a while.</summary>
    /// <param name="server">Whose versions the asker knows.</param>
    public async Task<LiveProgress?> Progress(string? server, int after, TimeSpan patience, CancellationToken cancellation)
    {
        while (true)
        {
            Task change;
            lock (state)
            {
                if (server != Server || version > after)
                    return LiveProgress.Of(frame, Server, version, reports, closed);
                change = changed.Task;
            }
            if (await Task.WhenAny(change, Task.Delay(patience, TimeProvider.System, cancellation)) != change)
                return null;
        }
    }

    /// <summary>The newest document that was made; null when the asker knows it.</summary>
    /// <param name="device">The class of machines whose numbers to tell; the sweep's first where it has none of that name.</param>
    public string? Report(string? server, int after, string? device = null) =>
        Made(device) is { } report && (server != Server || report.Version != after) ? report.Answer : null;

    /// <summary>The page with the newest document that was made.</summary>
    public string Html() => Made(null).Page;

    private MadeReport Made(string? device)
    {
        lock (making)
        {
            ReportData found;
            int number;
            bool last;
            lock (state)
                (found, number, last) = (data.FirstOrDefault(d => d.Outcome.Device == device) ?? data[0], reports, closed || frame.Status != ExperimentStatus.Running);
            var known = made.GetValueOrDefault(found.Outcome.Device);
            // Each class of machines has its share of the time.
            if (known is not null && (known.Version == number || (!last && known.Age < Longest(known.Making * Rest * made.Count, ShortestRest))))
                return known;
            return made[found.Outcome.Device] = MadeReport.Of(number, found);
        }
    }

    private void Change(Action change)
    {
        TaskCompletionSource signal;
        lock (state)
        {
            change();
            version++;
            (signal, changed) = (changed, NewSignal());
        }
        signal.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <param name="Answer">The document with its version, as JSON.</param>
    /// <param name="Making">What it took to make.</param>
    private sealed record MadeReport(int Version, string Answer, string Page, TimeSpan Making)
    {
        private readonly long at = TimeProvider.System.GetTimestamp();

        public TimeSpan Age => TimeProvider.System.GetElapsedTime(at);

        public static MadeReport Of(int version, ReportData data)
        {
            var begun = TimeProvider.System.GetTimestamp();
            var document = PageDocuments.Of(data);
            var (answer, page) = (HtmlReport.Json(new LiveReport(version, document)), HtmlReport.WriteLive(data, document));
            return new(version, answer, page, TimeProvider.System.GetElapsedTime(begun));
        }
    }
}

/// <summary>The answer to a live page that asks for what was found.</summary>
internal sealed record LiveReport(int Version, PageDocument Document);

/// <summary>The answer to a live page that asks how the sweep stands.</summary>
/// <param name="Version">Rises with everything that is new.</param>
/// <param name="Report">Rises with results.</param>
/// <param name="Elapsed">Seconds, as is the other.</param>
/// <param name="Closed">Nobody will answer any more.</param>
internal sealed record LiveProgress(
    string Server, int Version, int Report, ExperimentStatus Status, double Elapsed, double? TimeLeft, TrialCounts Trials, StageTally? Stages, double Fraction,
    IReadOnlyList<LiveSlot> Slots, IReadOnlyList<string> Troubles, string? Notice, string? Limit, bool Stopping, bool Closed)
{
    public static LiveProgress Of(LiveFrame frame, string server, int version, int report, bool closed) => new(
        server, version, report, frame.Status, frame.Elapsed.TotalSeconds, frame.TimeLeft?.TotalSeconds,
        new TrialCounts(frame.TrialsTotal, frame.TrialsSucceeded, frame.TrialsFailed), frame.Stages, frame.Fraction,
        [.. frame.Slots.Select(s => new LiveSlot(s.Stage, s.Settings, s.Fraction, s.Text, s.Since.TotalSeconds))], frame.Troubles, frame.Notice, frame.Limit,
        frame.Stopping, closed);
}

/// <param name="Seconds">Since it was begun.</param>
internal sealed record LiveSlot(string Stage, string Settings, double Fraction, string Text, double Seconds);
