using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Files;

namespace Grid.Experiments.Tests.Sweeps.Files;

/// <summary>A valid sweep file, whole or with single lines changed.</summary>
internal static class SweepText
{
    public const string Whole = """
        name: fashion-seed-cnn
        model: { zoo: seed-cnn }
        data: { name: fashion-mnist }
        train: { epochs: 5, batch: 128, optimizer: adam, learning-rate: 1e-3 }
        pipeline: [prune, finetune, quantize]
        space:
          prune.method: [magnitude, channel]
          prune.ratio: [0, 0.5, 0.8]
          finetune.epochs: [0, 2]
          quantize.scheme: [none, weights, static]
          quantize.step: { log-range: [0.001, 0.5], count: 4 }
          quantize.granularity: [tensor, channel]
        objectives: { accuracy: max, latency: min, energy: min, size: min }
        constraints: { accuracy-drop: "<= 0.01" }
        strategy: grid
        seeds: [1]
        """;

    private const string Small = """
        name: small
        model: { zoo: lenet-5 }
        pipeline: [prune, finetune, quantize]
        space: { prune.ratio: [0.5] }
        objectives: { accuracy: max }
        """;

    /// <summary>A small file with those lines in place of the ones that begin with the same key, else after them.</summary>
    public static string With(params string[] lines)
    {
        var all = Small.ReplaceLineEndings("\n").Split('\n').ToList();
        foreach (var line in lines)
        {
            var at = all.FindIndex(l => l.StartsWith(line.Split(':')[0] + ":", StringComparison.Ordinal));
            if (at < 0)
                all.Add(line);
            else
                all[at] = line;
        }
        return string.Join('\n', all);
    }

    public static Sweep Read(string text)
    {
        var reading = SweepFile.Parse(text, "sweep.yaml");
        reading.Errors.Select(e => e.ToString()).ShouldBeEmpty();
        return reading.Sweep.ShouldNotBeNull();
    }

    /// <summary>The errors of a file that is not read.</summary>
    public static IReadOnlyList<string> Errors(string text)
    {
        var reading = SweepFile.Parse(text, "sweep.yaml");
        reading.Sweep.ShouldBeNull();
        reading.ModelFile.ShouldBeNull();
        return [.. reading.Errors.Select(e => e.ToString())];
    }

    public static string Error(string text) => Errors(text).ShouldHaveSingleItem();
}
