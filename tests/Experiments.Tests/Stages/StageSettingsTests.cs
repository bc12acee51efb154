using System.Text.Json;
using CsCheck;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Tests.Stages;

public sealed class StageSettingsTests
{
    [Fact]
    public void Settings_that_mean_the_same_have_one_text_whatever_their_order()
    {
        var one = new StageSettings([new("epochs", "2"), new("batch", "64")]);
        var other = new StageSettings([new("batch", "64"), new("epochs", "2")]);

        one.Canonical.ShouldBe("""{"batch":"64","epochs":"2"}""");
        other.ShouldBe(one);
        other.GetHashCode().ShouldBe(one.GetHashCode());
        one.ShouldNotBe(new StageSettings([new("epochs", "2")]));
    }

    [Fact]
    public void A_value_has_one_spelling()
    {
        StageSettings.Spell(1.0).ShouldBe("1");
        StageSettings.Spell(0.1).ShouldBe("0.1");
        StageSettings.Spell(1e-7).ShouldBe("1E-07");
        StageSettings.Spell(12).ShouldBe("12");
        StageSettings.Spell(true).ShouldBe("true");
        StageSettings.Spell("adam").ShouldBe("adam");
    }

    [Fact]
    public void A_number_comes_back_from_its_spelling_to_the_bit() => Gen.Double.Where(double.IsFinite).Sample(number =>
        BitConverter.DoubleToInt64Bits(new StageSettings([new("rate", StageSettings.Spell(number))]).Number("rate"))
            .ShouldBe(BitConverter.DoubleToInt64Bits(number)));

    [Fact]
    public void Settings_come_back_from_json() => Gen.Dictionary(Gen.String[1, 8], Gen.String[0, 8])[0, 6].Sample(values =>
    {
        var settings = new StageSettings(values);
        var json = JsonSerializer.Serialize(settings, StageJson.Default.StageSettings);
        JsonSerializer.Deserialize(json, StageJson.Default.StageSettings).ShouldBe(settings);
    });

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"epochs":2}""")]
    [InlineData("""{"epochs":null}""")]
    [InlineData("""{"epochs":"2" """)]
    public void Json_of_another_form_is_refused(string json) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize(json, StageJson.Default.StageSettings));

    [Theory]
    [InlineData("")]
    [InlineData("two")]
    [InlineData("2.5")]
    [InlineData("99999999999")]
    public void What_is_no_whole_number_is_refused_by_key_and_value(string value) =>
        Should.Throw<StageSettingsException>(() => new StageSettings([new("epochs", value)]).Integer("epochs"))
            .Message.ShouldStartWith($"The setting 'epochs' is '{value}', which is not a valid");

    [Fact]
    public void What_is_no_number_or_flag_is_refused_and_what_is_missing_named()
    {
        var settings = new StageSettings([new("rate", "fast"), new("nesterov", "yes")]);

        Should.Throw<StageSettingsException>(() => settings.Number("rate")).Message.ShouldContain("'fast'");
        Should.Throw<StageSettingsException>(() => settings.Flag("nesterov")).Message.ShouldContain("'yes'");
        Should.Throw<StageSettingsException>(() => settings.Text("epochs")).Message.ShouldBe("The setting 'epochs' is missing.");
        settings.Text("epochs", "1").ShouldBe("1");
        settings.OptionalInteger("epochs").ShouldBeNull();
        settings.OptionalNumber("momentum").ShouldBeNull();
    }
}
