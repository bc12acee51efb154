using System.CommandLine;
using Grid.Client.Comparing;
using Grid.Client.Drawing;
using Grid.Client.Json;
using Grid.Client.Reading;
using Grid.Experiments.Sweeps;

namespace Grid.Client.Commands;

/// <summary>grid compare</summary>
internal static class CompareCommand
{
    private const string Accepted = "Say two sweeps: ID ID. Or two trials: ID TRIAL TRIAL of one sweep, ID:TRIAL ID:TRIAL of two.";

    public static GridCommand Create()
    {
        var what = new Argument<string[]>("WHAT")
        {
            Description = "Two sweeps: ID ID. Or two trials: ID TRIAL TRIAL of one sweep, ID:TRIAL ID:TRIAL of two. An ID is as everywhere: an id, the beginning of "
                + "one or a name where only one fits, or 'latest'.",
            Arity = new ArgumentArity(2, 3),
        };
        var device = Arguments.Device();
        device.Description = "Compare what was measured on this class of machines; the first that both have unless you say.";
        var command = new GridCommand(
            "compare", "Show two sweeps or two trials side by side: what differs, which is better in what, and whether the measurements tell them apart.",
            call => Act(call, Sides(call.Value(what))!.Value, call.Value(device)),
            "compare fashion-9ee4e3ce fashion-1b20aa01", "compare latest 3 7", "compare fashion:3 digits:7 --json")
        {
            what, device,
        };
        command.Validators.Add(result =>
        {
            // None at all is a missing argument as any other.
            if (result.GetResult(what)?.Tokens.Select(t => t.Value).ToArray() is not { Length: > 0 } words)
                return;
            if (Sides(words) is var (a, b))
                Arguments.MustBeTrials(result, new[] { a.Trial, b.Trial }.OfType<string>());
            else
                result.AddError($"'{string.Join(' ', words)}' is nothing to compare. {Accepted}");
        });
        return command;
    }

    /// <summary>Null when the words are neither two sweeps nor two trials.</summary>
    private static ((string Id, string? Trial) A, (string Id, string? Trial) B)? Sides(string[] words) => words switch
    {
        [var id, var a, var b] => ((id, a), (id, b)),
        [var a, var b] => (Parse(a), Parse(b)) is var (first, second) && first.Trial is null == second.Trial is null ? (first, second) : null,
        _ => null,
    };

    private static (string Id, string? Trial) Parse(string word) =>
        word.LastIndexOf(':') is > 0 and var colon && IsWhole(word[(colon + 1)..]) ? (word[..colon], word[(colon + 1)..]) : (word, null);

    private static bool IsWhole(string text) => text.TrimStart('-') is { Length: > 0 } digits && digits.All(char.IsAsciiDigit);

    private static async Task<Answer> Act(Invocation call, ((string Id, string? Trial) A, (string Id, string? Trial) B) asked, string? device)
    {
        await using var place = Place.ToRead(call);
        var (rowA, rowB) = (await place.Find(asked.A.Id), await place.Find(asked.B.Id));
        device ??= SweepJson.Read(rowA.Sweep).Devices.FirstOrDefault(SweepJson.Read(rowB.Sweep).Devices.Contains);
        var a = new Side(rowA, await place.Read(rowA, device));
        var b = rowB.Id == rowA.Id ? a : new Side(rowB, await place.Read(rowB, device));
        if ((Arguments.Trial(asked.A.Trial), Arguments.Trial(asked.B.Trial)) is ({ } first, { } second))
        {
            var points = PointComparison.Of(a, a.Measured(first, call.PlaceOption), b, b.Measured(second, call.PlaceOption));
            return new Answer(PointComparisonDocument.Of(points, place.Artifacts), console => PointComparisonView.Draw(console, points));
        }
        var sweeps = SweepComparison.Of(a, await place.Store.FindSpending(rowA.Id), b, await place.Store.FindSpending(rowB.Id));
        return new Answer(SweepComparisonDocument.Of(sweeps), console => SweepComparisonView.Draw(console, sweeps));
    }
}
