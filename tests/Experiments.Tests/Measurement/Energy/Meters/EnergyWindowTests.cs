using Grid.Experiments.Measurement.Energy.Meters;
using Grid.Experiments.Metrics;
using Grid.Tests;

namespace Grid.Experiments.Tests.Measurement.Energy.Meters;

public sealed class EnergyWindowTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private double joules;
    private TimeSpan own;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1.0, 1.0, 10, Provenance.Measured)]
    [InlineData(0.95, 1.0, 10, Provenance.Measured)]
    [InlineData(0.5, 1.0, 5, Provenance.Attributed)]
    [InlineData(0.5, 4.0, 1.25, Provenance.Attributed)]
    [InlineData(2.0, 1.0, 10, Provenance.Measured)]
    public void A_process_is_charged_with_its_share_of_the_busy_time(double ownSeconds, double machineSeconds, double expected, Provenance provenance)
    {
        Machine(100);
        var window = Window(new FakeMeter(() => joules));

        (joules, own) = (10, TimeSpan.FromSeconds(ownSeconds));
        Machine(100 + machineSeconds);

        var use = window.Use();
        (use.Joules, use.Provenance).ShouldBe((expected, provenance));
    }

    [Fact]
    public void Samples_of_power_stay_integrated_when_nobody_else_worked()
    {
        Machine(0);
        var window = Window(new FakeMeter(() => joules, Provenance.Integrated));

        joules = 3;

        window.Use().Provenance.ShouldBe(Provenance.Integrated);
    }

    [Fact]
    public void An_accelerator_is_shared_evenly_whatever_the_processors_do()
    {
        Machine(0);
        var window = Window(new FakeMeter(() => joules) { Sharers = 4 });

        joules = 12;
        Machine(1000);

        var use = window.Use();
        (use.Joules, use.Provenance).ShouldBe((3, Provenance.Attributed));
    }

    [Fact]
    public void Without_an_account_of_the_machine_the_process_is_charged_with_all()
    {
        var window = Window(new FakeMeter(() => joules));

        joules = 7;

        window.Use().Joules.ShouldBe(7);
    }

    [Fact]
    public void The_kernels_account_of_this_machine_is_read_and_holds_this_process()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has /proc/stat");

        var (mine, machine) = new ProcessorTime(() => Environment.CpuUsage.TotalTime).Read();

        machine.ShouldNotBeNull().ShouldBeGreaterThan(mine / 2);
    }

    private EnergyWindow Window(IEnergyMeter meter) => new(meter, new ProcessorTime(() => own, folder.File("stat")));

    /// <summary>An idle machine of old that has used so many seconds, in the kernel's columns.</summary>
    private void Machine(double seconds) => File.WriteAllText(
        folder.File("stat"), $"cpu  {4000 + (long)(seconds * 100)} 10 10 99999999 5000 10 10 7000 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n");
}
