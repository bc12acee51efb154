using Grid.Client.Comparing;
using Spectre.Console;

namespace Grid.Client.Drawing;

/// <summary>What is not the same on both sides.</summary>
internal static class DifferingTable
{
    public static void Draw(IAnsiConsole console, string what, IReadOnlyList<Differing> differing)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(what, "A", "B");
        foreach (var (name, a, b) in differing)
            table.AddRow(new Text(name), new Text(a ?? "—"), new Text(b ?? "—"));
        console.Write(table);
    }
}
