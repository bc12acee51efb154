using Grid.Client.Json;
using Grid.Client.Reading;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Files;

namespace Grid.Client.Commands;

/// <summary>grid validate</summary>
internal static class ValidateCommand
{
    public static GridCommand Create()
    {
        var file = Arguments.SweepFile();
        return new GridCommand(
            "validate", "Check a sweep file and tell everything that is wrong with it, by line.", call => Task.FromResult(Act(call, call.Value(file))),
            "validate examples/quickstart.yaml", "validate examples/quickstart.yaml --json")
        {
            file,
        };
    }

    private static Answer Act(Invocation call, string file)
    {
        // Programs get every error with its place as members; people get lines, on standard error as all mistakes.
        var reading = call.Json ? SweepFile.Read(file) : SweepInput.Read(file);
        var id = reading.Sweep is { } sweep ? ExperimentId.Of(sweep) : null;
        return new Answer(
            new ValidateDocument(id is not null, id, reading.Errors),
            console => console.Profile.Out.Writer.WriteLine($"{file} is valid. Its experiment is {id}."),
            id is null ? ExitCodes.BadInput : ExitCodes.Done);
    }
}
