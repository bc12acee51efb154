using System.Text;
using Grid.Experiments.Sweeps.Files;
using Grid.Tests;
using static Grid.Experiments.Tests.Sweeps.Files.SweepText;

namespace Grid.Experiments.Tests.Sweeps.Files;

/// <summary>Files that no sweep can be read from, some of them meant to do harm.</summary>
public sealed class UnsafeFileTests
{
    [Theory]
    [InlineData("", "sweep.yaml:1: the file is empty; accepted: a mapping with name, model,")]
    [InlineData("# nothing\n", "sweep.yaml:1: the file is empty;")]
    [InlineData("- a\n- b", "sweep.yaml:1:1: found a list: accepted: a mapping with name, model,")]
    [InlineData("~", "sweep.yaml:1:1: found ~: accepted: a mapping")]
    [InlineData("name: a\n---\nname: b", "sweep.yaml:2:1: a second document begins here; accepted: one sweep in a file.")]
    [InlineData("name: a\ntrain: { epochs: 5,\n", "sweep.yaml:3:1: this is not YAML: ")]
    [InlineData("name: a\npipeline: [prune, finetune\nspace:\n  prune.ratio: [0]", "sweep.yaml:2:11: this is not YAML: the list or mapping that begins here is not closed")]
    [InlineData("name: a\0b", "sweep.yaml:1:8: found a null character: this is no text; accepted: YAML.")]
    [InlineData("name: a\n? [x, y]\n: 3", "sweep.yaml:2:3: found a list: accepted as a key: one word.")]
    [InlineData("constraints: { accuracy: >= 0.9 }", "sweep.yaml:1:26: this is not YAML: While scanning for the next token, found character that cannot "
        + "start any token. A limit that begins with > needs quotes: \">= 0.9\".")]
    public void What_is_no_sweep_is_refused(string text, string error) => Error(text).ShouldStartWith(error);

    [Fact]
    public void Indentation_with_tabs_is_refused_line_by_line() => Errors("name: a\ntrain:\n\tepochs: 5\n  \tbatch: 3\n\t\n").ShouldBe(
    [
        "sweep.yaml:3:1: found a tab: YAML does not take tabs as indentation; accepted: spaces.",
        "sweep.yaml:4:3: found a tab: YAML does not take tabs as indentation; accepted: spaces.",
    ]);

    [Theory]
    [InlineData("name: !!python/object/apply:os.system [ls]", "sweep.yaml:1:7: tag:yaml.org,2002:python/object/apply:os.system is a YAML tag,")]
    [InlineData("name: !Grid.Experiments.Sweeps.Sweep a", "sweep.yaml:1:7: !Grid.Experiments.Sweeps.Sweep is a YAML tag,")]
    [InlineData("name: !!str a", "sweep.yaml:1:7: tag:yaml.org,2002:str is a YAML tag,")]
    [InlineData("name: &a x", "sweep.yaml:1:7: &a marks a value to be repeated, which a sweep file cannot do;")]
    [InlineData("name: *a", "sweep.yaml:1:7: *a repeats another place of the file; accepted: the value itself.")]
    [InlineData("train:\n  <<: *a", "sweep.yaml:2:7: *a repeats another place of the file;")]
    public void Tags_and_anchors_are_refused(string text, string error) => Error(text).ShouldStartWith(error);

    [Fact]
    public void Nested_anchors_cost_no_memory()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 60; i++)
            text.AppendLine($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var errors = Errors(text.ToString());

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(20_000_000);
        errors.Count.ShouldBe(60);
        errors[59].ShouldStartWith("sweep.yaml:60:6: &a59 marks a value");
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    public void Depth_without_end_is_refused(string opening) =>
        Error(string.Concat(Enumerable.Repeat(opening, 400_000 / opening.Length))).ShouldContain("nested deeper than any sweep");

    [Fact]
    public void Control_characters_do_not_reach_the_terminal() =>
        Errors(With("\"\\e[31mred\\a\": \"\\r\"")).ShouldAllBe(e => !e.Any(char.IsControl));

    [Fact]
    public void Marks_that_turn_the_direction_of_a_line_do_not_reach_the_terminal() =>
        Errors(With("\"abc\u202Exyz\": 1")).ShouldAllBe(e => !e.Contains('\u202E'));

    [Fact]
    public void A_file_of_100_megabytes_is_refused_without_being_read()
    {
        using var folder = new TemporaryFolder();
        using (var file = File.Create(folder.File("huge.yaml")))
            file.SetLength(100 << 20);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var reading = SweepFile.Read(folder.File("huge.yaml"));

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(5_000_000);
        reading.Errors.ShouldHaveSingleItem().Message.ShouldBe("the file is larger than 1 MB, which no sweep is; accepted: a sweep file.");
    }

    [Fact]
    public void A_file_that_is_no_text_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("latin.yaml"), [.. "name: caf"u8, 0xE9]);

        SweepFile.Read(folder.File("latin.yaml")).Errors.ShouldHaveSingleItem().Message.ShouldBe("this is no text in UTF-8; accepted: YAML.");
    }

    [Fact]
    public void A_null_character_does_not_hide_what_follows_it() =>
        Error("name: a\nseeds: [1]\0\nfrobnicate: 3\n").ShouldBe("sweep.yaml:2:11: found a null character: this is no text; accepted: YAML.");

    [Fact]
    public void A_mark_of_the_encoding_at_the_beginning_is_no_part_of_the_text()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("mark.yaml"), With().ReplaceLineEndings("\r\n"), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        SweepFile.Read(folder.File("mark.yaml")).Sweep.ShouldNotBeNull().Name.ShouldBe("small");
    }

    [Fact]
    public void What_is_no_file_is_refused()
    {
        using var folder = new TemporaryFolder();

        SweepFile.Read(folder.File("none.yaml")).Errors.ShouldHaveSingleItem().Message.ShouldStartWith("there is no such file");
        SweepFile.Read(folder.Path).Errors.ShouldHaveSingleItem().Message.ShouldStartWith("this is a folder");
        SweepFile.Read("").Errors.ShouldHaveSingleItem().Message.ShouldStartWith("there is no such file");
        SweepFile.Read("a\0b").Errors.ShouldHaveSingleItem().Message.ShouldStartWith("there is no such file");
    }
}
