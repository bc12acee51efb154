using System.CommandLine;
using Grid.Client.Json;
using Grid.Experiments.Datasets;
using Spectre.Console;

namespace Grid.Client.Commands;

/// <summary>grid data</summary>
internal static class DataCommand
{
    public static GridCommand Create()
    {
        var name = new Argument<string?>("NAME") { Description = "Only this dataset.", Arity = ArgumentArity.ZeroOrOne };
        var download = new Option<bool>("--download") { Description = "Download NAME into the cache unless it is on this machine." };
        var command = new GridCommand(
            "data", "List the datasets and where they lie on this machine, or download one.", call => Act(call, call.Value(name), call.Value(download)),
            "data", "data fashion-mnist --download")
        {
            name, download,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(download) && result.GetValue(name) is null)
                result.AddError("--download needs the NAME of a dataset, for example: grid data fashion-mnist --download");
        });
        return command;
    }

    private static async Task<Answer> Act(Invocation call, string? name, bool download)
    {
        var store = DatasetStore.FromEnvironment();
        if (name is not null && DatasetCatalog.Find(name) is null)
            throw new UserException($"There is no dataset '{name}'; there are {string.Join(", ", DatasetCatalog.All.Select(d => d.Name))}.");
        if (name is not null && download)
            await Download.Fetch(store, name, call);
        var shown = DatasetCatalog.All.Where(d => name is null || d.Name == name).Select(d => Describe(d, store)).ToList();
        var missing = name is not null && shown is [{ Generated: false, Folder: null }];
        return new Answer(new DataDocument(shown), console => Draw(console, shown), missing ? ExitCodes.BadInput : ExitCodes.Done);
    }

    private static DatasetDocument Describe(DatasetDefinition data, DatasetStore store)
    {
        string? folder = null;
        string? problem = null;
        try
        {
            folder = store.Locate(data.Name);
        }
        catch (DatasetException e)
        {
            problem = e.Message;
        }
        return new DatasetDocument(data.Name, data.Generated, folder, data.TrainCount, data.TestCount, data.Classes, data.Description, problem);
    }

    private static void Draw(IAnsiConsole console, List<DatasetDocument> shown)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("dataset", "images", "where", "what");
        foreach (var data in shown)
        {
            var where = data.Generated ? "generated, needs no files" : data.Folder ?? data.Problem ?? $"not on this machine: grid data {data.Name} --download";
            table.AddRow(new Text(data.Name), new Text($"{data.Train:N0} + {data.Test:N0} test"), new Text(where), new Text(data.Description));
        }
        console.Write(table);
        console.WriteLine($"Folders: ${DatasetFolders.DataVariable}, then {DatasetFolders.FromEnvironment().Cache}.");
    }
}
