using Grid.Client.Commands;
using Grid.Client.Live;
using Grid.Client.Reading;
using Grid.Client.Report;
using Grid.Experiments.Results;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;

namespace Grid.Client.Running;

/// <summary>The live page of a sweep that is followed.</summary>
internal sealed class LiveSite : IAsyncDisposable
{
    private readonly LivePage page;
    private readonly LiveServer server;
    private readonly ExperimentRow row;
    private readonly ReportFacts facts;
    private readonly TrialClock clock = new();

    private LiveSite(LivePage page, LiveServer server, ExperimentRow row, ReportFacts facts) => (this.page, this.server, this.row, this.facts) = (page, server, row, facts);

    public string Address => server.Address;

    /// <summary>Null when nobody wants one, or when it cannot be served: the sweep matters more, and the user is told.</summary>
    public static async Task<LiveSite?> Open(Invocation call, ExperimentRow row, LiveFrame frame)
    {
        if (call.PagePort is not { } port)
            return null;
        try
        {
            var sweep = SweepJson.Read(row.Sweep);
            var facts = ReportFacts.Of(sweep, call.Environment);
            var nothing = ExperimentResults.Of(sweep, [], []);
            var page = new LivePage(frame, new ReportData(Outcome.Of(row with { Status = frame.Status }, nothing), nothing, [], null, facts));
            return new(page, await LiveServer.Start(page, port), row, facts);
        }
        catch (Exception e) when (e is IOException or UserException)
        {
            call.Say($"There is no live page: {e.Message} Take another port with --page PORT, or any that is free with --page.");
            return null;
        }
    }

    public void Show(LiveFrame frame) => page.Show(frame);

    /// <summary>What was found, with the store's word on when and at what cost, and on what was found on other classes of machines.</summary>
    /// <param name="first">Those of the sweep's first class.</param>
    public async Task Show(IExperimentStore store, ExperimentResults first, ExperimentStatus status)
    {
        await clock.Read(store, row.Id);
        var (ends, spending) = (clock.Ends.ToList(), await store.FindSpending(row.Id));
        var classes = new List<ExperimentResults> { first };
        foreach (var device in first.Sweep.Devices.Skip(1))
            classes.Add(await ExperimentResults.Load(store, row, device: device));
        page.Show([.. classes.Select(results => new ReportData(Outcome.Of(row with { Status = status }, results), results, ends, spending, facts))]);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
