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
            Description = "The file to write; experiments/ID/report.html in the home folder unless you say.",
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
        var (row, results) = await home.Read(asked, device, notes: true);
        var data = await ReportData.Load(home.Store, row, results, call.Environment);
        var target = Path.GetFullPath(output ?? Classes.PathOf(home.Folder.ReportFile(row.Id), data.Outcome));
        ModelCopy.Write(Encoding.UTF8.GetBytes(HtmlReport.Write(data)), target);
        return new Answer(new ReportDocument(row.Id, target, results.Device), console => console.Profile.Out.Writer.WriteLine(target));
    }
}
