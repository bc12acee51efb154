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
        };
        return new GridCommand(
            "report", "Write one HTML page with the plots and the table of every model; it needs no network and no other file.",
            call => Act(call, call.Value(id), call.Value(output)),
            "report latest", "report fashion-mnist --output fashion.html")
        {
            id, output,
        };
    }

    private static async Task<Answer> Act(Invocation call, string asked, string? output)
    {
        await using var home = Place.ToRead(call);
        var (row, results) = await home.Read(asked, notes: true);
        var target = Path.GetFullPath(output ?? home.Folder.ReportFile(row.Id));
        ModelCopy.Write(Encoding.UTF8.GetBytes(HtmlReport.Write(Outcome.Of(row, results), ReportFacts.Of(results.Sweep))), target);
        return new Answer(new ReportDocument(row.Id, target), console => console.Profile.Out.Writer.WriteLine(target));
    }
}
