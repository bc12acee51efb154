using System.CommandLine;
using System.Text;
using Grid.Client.Json;
using Grid.Client.Models;
using Grid.Client.Reading;
using Grid.Client.Report;

namespace Grid.Client.Commands;

/// <summary>grid report</summary>
internal static class ReportCommand
{
    public static GridCommand Create()
    {
        var id = Arguments.Experiment();
        var output = new Option<string?>("--output")
        {
            Description = "The file to write; experiments/ID/report.html in the home folder unless you say. Where a sweep is measured on several classes of machines, "
                + "each but the first has its file beside it, with the class in its name.",
            HelpName = "FILE",
            Validators = { Arguments.MustBePathOf("file") },
        };
        var device = Arguments.Device();
        return new GridCommand(
            "report", "Write one HTML page with every model, to explore in charts and tables, compare and download; it needs no network and no other file.",
            call => Act(call, call.Value(id), call.Value(device), call.Value(output)),
            "report latest", "report fashion-mnist --output fashion.html")
        {
            id, device, output,
        };
    }

    private static async Task<Answer> Act(Invocation call, string asked, string? device, string? output)
    {
        await using var home = Place.ToRead(call);
        var (row, classes) = await home.ReadClasses(asked, device, notes: true);
        var written = new List<WrittenReport>();
        foreach (var results in classes)
        {
            var data = await ReportData.Load(home.Store, row, results, call.Environment);
            // The one that was asked for by its class lies where it was asked to.
            var target = output is not null && device is not null ? output : Classes.PathOf(output ?? home.Folder.ReportFile(row.Id), data.Outcome);
            var report = new WrittenReport(Path.GetFullPath(target), results.Device);
            try
            {
                ModelCopy.Write(Encoding.UTF8.GetBytes(HtmlReport.Write(data)), report.Report);
            }
            catch (UserException e) when (written.Count > 0)
            {
                throw new UserException($"{e.Message} What was written before: {string.Join(", ", written.Select(w => w.Report))}.");
            }
            written.Add(report);
        }
        return new Answer(new ReportDocument(row.Id, written[0].Report, written[0].Device, [.. written.Skip(1)]), console =>
        {
            foreach (var (report, on) in written)
                console.Profile.Out.Writer.WriteLine(written.Count > 1 ? $"{report}  ({on})" : report);
        });
    }
}
