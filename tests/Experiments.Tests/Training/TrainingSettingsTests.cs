using Grid.Experiments.Stages;
using Grid.Experiments.Training;

namespace Grid.Experiments.Tests.Training;

public sealed class TrainingSettingsTests
{
    [Theory]
    [InlineData("constant", 0, 0.2)]
    [InlineData("constant", 99, 0.2)]
    [InlineData("cosine", 0, 0.2)]
    [InlineData("cosine", 50, 0.1)]
    [InlineData("cosine", 100, 0)]
    [InlineData("step", 49, 0.2)]
    [InlineData("step", 50, 0.02)]
    [InlineData("step", 74, 0.02)]
    [InlineData("step", 75, 0.002)]
    public void A_schedule_gives_the_rate_of_a_step_among_a_hundred(string schedule, long step, double rate) =>
        Settings(("schedule", schedule), ("learning-rate", "0.2")).RateAt(step, 100).ShouldBe(rate, 1e-15);

    [Theory]
    [InlineData("epochs", "-1")]
    [InlineData("batch", "0")]
    [InlineData("learning-rate", "0")]
    [InlineData("learning-rate", "NaN")]
    [InlineData("learning-rate", "Infinity")]
    [InlineData("momentum", "1")]
    [InlineData("momentum", "-0.1")]
    [InlineData("weight-decay", "-1")]
    [InlineData("weight-decay", "NaN")]
    public void Settings_that_mean_nothing_are_refused(string key, string value) =>
        Should.Throw<StageSettingsException>(() => Settings((key, value)));

    [Fact]
    public void An_unknown_schedule_is_refused_with_those_there_are() =>
        Should.Throw<StageSettingsException>(() => Settings(("schedule", "linear")).RateAt(0, 1)).Message.ShouldContain("constant, cosine and step");

    private static TrainingSettings Settings(params (string Key, string Value)[] changed)
    {
        var values = new Dictionary<string, string> { ["epochs"] = "1", ["batch"] = "64", ["optimizer"] = "sgd", ["learning-rate"] = "0.1" };
        foreach (var (key, value) in changed)
            values[key] = value;
        return TrainingSettings.From(new StageSettings(values));
    }
}
