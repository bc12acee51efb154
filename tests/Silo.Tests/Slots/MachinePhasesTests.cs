using Grid.Silo.Slots;
using Microsoft.Extensions.Time.Testing;

namespace Grid.Silo.Tests.Slots;

public sealed class MachinePhasesTests
{
    private static readonly TimeSpan Phase = TimeSpan.FromSeconds(15);

    private readonly FakeTimeProvider time = new();
    private readonly MachinePhases phases;

    public MachinePhasesTests() => phases = new MachinePhases(Phase, time);

    private static CancellationToken Never => CancellationToken.None;

    [Fact]
    public async Task An_idle_machine_measures_at_once() => (await phases.Measure(Never)).ShouldNotBeNull();

    [Fact]
    public async Task A_measurement_waits_until_the_last_computation_has_ended()
    {
        var first = await phases.Compute(Never);
        var second = await phases.Compute(Never);
        var measurement = phases.Measure(Never);

        first.Dispose();
        measurement.IsCompleted.ShouldBeFalse();
        second.Dispose();

        await measurement;
    }

    [Fact]
    public async Task Computing_waits_for_the_measurement_to_end()
    {
        var measurement = await phases.Measure(Never);
        var computation = phases.Compute(Never);
        computation.IsCompleted.ShouldBeFalse();
        phases.ComputersWait.ShouldBeTrue();

        measurement.Dispose();

        await computation;
    }

    [Fact]
    public async Task New_computations_begin_beside_a_waiting_measurement_until_the_phase_is_over()
    {
        var first = await phases.Compute(Never);
        var measurement = phases.Measure(Never);

        time.Advance(Phase - TimeSpan.FromSeconds(1));
        var second = await phases.Compute(Never);
        time.Advance(TimeSpan.FromSeconds(1));
        var third = phases.Compute(Never);

        third.IsCompleted.ShouldBeFalse();
        first.Dispose();
        second.Dispose();
        (await measurement).Dispose();
        await third;
    }

    [Fact]
    public async Task One_that_gave_up_waiting_holds_nobody_up()
    {
        using var cancellation = new CancellationTokenSource();
        var computing = await phases.Compute(Never);
        var measurement = phases.Measure(cancellation.Token);

        cancellation.Cancel();
        await Should.ThrowAsync<OperationCanceledException>(measurement);
        computing.Dispose();

        await phases.Compute(Never);
    }

    [Fact]
    public async Task Ending_twice_counts_once()
    {
        var first = await phases.Compute(Never);
        await phases.Compute(Never);
        var measurement = phases.Measure(Never);

        first.Dispose();
        first.Dispose();

        measurement.IsCompleted.ShouldBeFalse();
    }
}
