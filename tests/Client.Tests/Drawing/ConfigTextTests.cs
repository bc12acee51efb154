using Grid.Client.Drawing;
using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Client.Tests.Drawing;

public sealed class ConfigTextTests
{
    [Fact]
    public void Settings_are_grouped_by_stage() =>
        Text(Samples.Sweep(), ("prune.method", "channel"), ("prune.ratio", "0.5"), ("quantize.scheme", "static"))
            .ShouldBe("prune method=channel ratio=0.5, quantize scheme=static");

    [Fact]
    public void The_model_no_stage_compressed_is_called_uncompressed() => Text(Samples.Sweep()).ShouldBe("uncompressed");

    [Fact]
    public void A_trial_that_fixed_values_compress_is_not()
    {
        var pruned = Samples.Sweep() with
        {
            Fixed = new StageSettings(new Dictionary<string, string> { ["prune.method"] = "channel", ["prune.ratio"] = "0.5" }),
            Space = [new ParameterDomain("quantize.scheme", ["none", "static"])],
        };

        Text(pruned).ShouldBe("fixed settings only");
        ConfigText.Of(new SearchSpace(pruned).Reference(), pruned).ShouldBe("uncompressed");
    }

    [Fact]
    public void How_the_uncompressed_model_was_trained_is_told_where_it_is_swept()
    {
        var sweep = Samples.Sweep() with { Pipeline = [], Space = [new ParameterDomain("train.epochs", ["1", "2"])] };

        Text(sweep, ("train.epochs", "1")).ShouldBe("uncompressed, train epochs=1");
        Text(sweep, ("train.epochs", "2")).ShouldBe("train epochs=2");
    }

    private static string Text(Sweep sweep, params (string Key, string Value)[] config) =>
        ConfigText.Of(new StageSettings(config.Select(c => KeyValuePair.Create(c.Key, c.Value))), sweep);
}
