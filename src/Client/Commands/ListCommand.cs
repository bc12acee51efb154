using Grid.Client.Json;
using Grid.Client.Reading;
using Grid.Experiments.Store;
using Spectre.Console;

namespace Grid.Client.Commands;

/// <summary>grid list</summary>
internal static class ListCommand
{
    public static GridCommand Create() => new("list", "List the experiments of the home folder, the newest first.", Act, "list", "list --home ./other --json");

    private static async Task<Answer> Act(Invocation call)
    {
        // Where nothing was ever run there is nothing to list, which is no mistake.
        await using var place = Place.ToReadIfThere(call);
        var name = place?.Name ?? call.Home;
        var rows = new List<(ExperimentRow Row, IReadOnlyList<TrialRow> Trials)>();
        if (place is not null)
            foreach (var row in (await place.List()).OrderByDescending(e => e.CreatedAt))
                rows.Add((row, await place.Store.ListTrials(row.Id)));
        return new Answer(
            new ListDocument([.. rows.Select(r => ExperimentDocument.Of(r.Row, r.Trials))]),
            console => Draw(console, rows, name));
    }

    private static void Draw(IAnsiConsole console, List<(ExperimentRow Row, IReadOnlyList<TrialRow> Trials)> rows, string home)
    {
        if (rows.Count == 0)
        {
            Drawing.Prose.Write(console, $"There is no experiment in {home} yet. Start one with: grid run FILE");
            return;
        }
        var table = new Table().Border(TableBorder.Simple).AddColumns("id", "status", "begun", "trials", "failed");
        foreach (var (row, trials) in rows)
        {
            table.AddRow(
                new Text(row.Id),
                new Text(row.Status.ToString().ToLowerInvariant()),
                new Text(row.CreatedAt.LocalDateTime.ToString("yyyy-MM-dd HH:mm")),
                new Text($"{trials.Count(t => t.Status != TrialStatus.Pending)} of {trials.Count}"),
                new Text(trials.Count(t => t.Status == TrialStatus.Failed).ToString()));
        }
        console.Write(table);
    }
}
