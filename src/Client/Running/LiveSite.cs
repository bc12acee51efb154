using Grid.Client.Commands;
using Grid.Client.Live;
using Grid.Client.Reading;
using Grid.Client.Report;
using Grid.Experiments.Results;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;

namespace Grid.Client.Running;

/// <summary>The live page of a sweep that is followed; none where nobody wants one.</summary>
internal sealed class LiveSite : IAsyncDisposable
{
    private readonly LivePage? page;
    private readonly LiveServer? server;
    private readonly ExperimentRow row;
    private readonly ReportFacts facts;
    private readonly TrialClock clock = new();

    private LiveSite(LivePage? page, LiveServer? server, ExperimentRow row, ReportFacts facts) => (this.page, this.server, this.row, this.facts) = (page, server, row, facts);

    /// <summary>Where it is; null when it is nowhere.</summary>
    public string? Address => server?.Address;

    /// <exception cref="UserException">The port that the user asked for is taken.</exception>
    public static async Task<LiveSite> Open(Invocation call, ExperimentRow row, LiveFrame frame)
    {
        var sweep = SweepJson.Read(row.Sweep);
        var facts = ReportFacts.Of(sweep, call.Environment);
        if (call.PagePort is not { } port)
            return new(null, null, row, facts);
        var running = row with { Status = ExperimentStatus.Running };
        var nothing = ExperimentResults.Of(sweep, [], []);
        var page = new LivePage(frame, new ReportData(Outcome.Of(running, nothing), nothing, [], null, facts));
        try
        {
            return new(page, await LiveServer.Start(page, port), row, facts);
        }
        catch (IOException e)
        {
            if (call.IsPageAsked)
                throw new UserException($"The live page cannot be served at port {port}: {e.Message} Take another with --page PORT, or any that is free with --page.");
            call.Say($"There is no live page: {e.Message}");
            return new(null, null, row, facts);
        }
    }

    public void Show(LiveFrame frame) => page?.Show(frame);

    /// <summary>What was found, with the store's word on when and at what cost.</summary>
    public async Task Show(IExperimentStore store, ExperimentResults results, ExperimentStatus status)
    {
        if (page is null)
            return;
        await clock.Read(store, row.Id);
        page.Show(new ReportData(Outcome.Of(row with { Status = status }, results), results, [.. clock.Ends], await store.FindSpending(row.Id), facts));
    }

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
