using System.Diagnostics;
using Grid.Experiments.Datasets;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Running;
using Grid.Experiments.Stages;
using Grid.Tests;

namespace Grid.Experiments.Tests.Running;

public sealed class StageAttemptTests
{
    /// <summary>Of the unix systems: EIO.</summary>
    private const int InputOutputError = 5;

    [Fact]
    public void A_model_that_does_not_fit_the_disk_is_no_failure_of_the_stage()
    {
        using var volume = new SmallVolume(kilobytes: 64);

        var report = Attempt(() => OnnxFile.Write(ModelZoo.Create("seed-cnn", 1), Path.Combine(volume.Path, "model.onnx")));

        report.Outcome.ShouldBe(StageOutcome.NoSpace);
        report.Error!.ShouldStartWith("The disk is full: No space left on device");
        report.Error!.ShouldContain("then resume");
        report.Error!.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData(28)]
    [InlineData(122)]
    [InlineData(unchecked((int)0x80070070))]
    public void A_full_disk_is_found_behind_other_errors(int code) =>
        Attempt(() => throw new DatasetException("mnist cannot be kept.", new IOException("full", code))).Outcome.ShouldBe(StageOutcome.NoSpace);

    [Fact]
    public void A_full_disk_that_native_code_tells_of_in_words_is_one() =>
        Attempt(() => throw new InvalidOperationException("open file model.onnx failed: No space left on device")).Outcome.ShouldBe(StageOutcome.NoSpace);

    [Fact]
    public void Other_errors_of_files_fail_the_stage()
    {
        var broken = Attempt(() => throw new IOException("broken", InputOutputError));
        var missing = Attempt(() => File.ReadAllBytes("/no/such/file"));

        (broken.Outcome, missing.Outcome).ShouldBe((StageOutcome.Failed, StageOutcome.Failed));
        broken.Error!.ShouldStartWith("IOException: broken");
    }

    [Fact]
    public void A_damaged_input_is_told_by_its_hash()
    {
        var report = Attempt(() => throw new DamagedInputException("The model is gone.", "abc"));

        (report.Outcome, report.Error, report.DamagedSha256).ShouldBe((StageOutcome.DamagedInput, "The model is gone.", "abc"));
    }

    [Fact]
    public void An_outcome_travels_by_its_name()
    {
        var message = new ReportMessage("key", Attempt(() => throw new IOException("full", 28)));

        var record = RunnerProtocol.Frame(message);

        System.Text.Encoding.UTF8.GetString(record).ShouldContain("\"no-space\"");
        RunnerProtocol.Parse(record.AsSpan(1..^1)).ShouldBeOfType<ReportMessage>().Report.Outcome.ShouldBe(StageOutcome.NoSpace);
    }

    private static StageReport Attempt(Action stage) => StageAttempt.Run(new Stopwatch(), () =>
    {
        stage();
        return StageResult.Empty;
    });
}
