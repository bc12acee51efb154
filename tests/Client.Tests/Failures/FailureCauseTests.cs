using Grid.Client.Failures;
using Grid.Experiments.Stages;

namespace Grid.Client.Tests.Failures;

public sealed class FailureCauseTests
{
    [Theory]
    [InlineData(StageOutcome.Failed, 0, "It cannot be pruned.", "Error")]
    [InlineData(StageOutcome.Failed, 0, "RuntimeError: [enforce fail at alloc_cpu.cpp:117] DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes.", "Memory")]
    [InlineData(StageOutcome.Failed, 0, "CUDA out of memory. Tried to allocate 2.00 GiB.", "Memory")]
    [InlineData(StageOutcome.Crashed, 3, "The runner was killed by SIGKILL: the kernel may have run out of memory, or somebody ended it.", "Memory")]
    [InlineData(StageOutcome.Crashed, 3, "The runner was killed by SIGABRT.\nterminate called after throwing an instance of 'std::bad_alloc'", "Memory")]
    [InlineData(StageOutcome.Crashed, 3, "The runner was killed by SIGSEGV: a fault in native code.", "Crash")]
    [InlineData(StageOutcome.TimedOut, 3, "Its last output:\nout of memory", "TimeLimit")]
    [InlineData(StageOutcome.DamagedInput, 0, "The model is gone.", "DamagedModel")]
    [InlineData(StageOutcome.NoSpace, 0, "The disk is full.", "FullDisk")]
    public void An_attempt_s_end_and_what_it_left_tell_the_cause(StageOutcome outcome, int crashes, string error, string cause) =>
        FailureCauses.Of(outcome, crashes, error).ToString().ShouldBe(cause);

    [Theory]
    [InlineData(3, "why", "Crash")]
    [InlineData(0, "why", "Error")]
    [InlineData(0, "The model cannot be kept: No space left on device. Make room.", "FullDisk")]
    public void Where_nobody_was_told_of_the_attempt_its_stage_tells_it(int crashes, string error, string cause) =>
        FailureCauses.Of(null, crashes, error).ToString().ShouldBe(cause);

    [Fact]
    public void Every_cause_has_advice_and_a_command()
    {
        foreach (var cause in Enum.GetValues<FailureCause>())
        {
            var advice = FailureAdvice.Of(cause, StageKind.Train, TimeSpan.FromMinutes(1), "fashion-1", " --cluster lab", inHome: false);
            advice.Text.ShouldNotBeEmpty();
            advice.Next.ShouldMatch("^grid (resume fashion-1|run FILE).* --cluster lab$");
        }
    }
}
