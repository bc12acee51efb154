using Grid.Experiments.Measurement.Energy.Meters;
using Grid.Experiments.Metrics;
using Microsoft.Extensions.Time.Testing;

namespace Grid.Experiments.Tests.Measurement.Energy.Meters;

public sealed class MachineMetersTests
{
    [Fact]
    public void A_machine_tells_which_meters_it_has_and_why_it_lacks_the_others()
    {
        using var tree = PowercapTree.TwoPackages();
        var settings = new MeterSettings { Powercap = tree.Path, Nvml = "libno-such-driver.so.1" };

        var states = new MachineMeters(settings, new FakeTimeProvider()).Look();

        states.Select(s => (s.Name, s.IsAvailable)).ShouldBe([("rapl", true), ("nvml", false), ("core-watts", false)]);
        states[0].Domains.ShouldBe("package-0, package-1, dram-0, dram-1");
        states.Skip(1).ShouldAllBe(s => s.Why!.Length > 20);
    }

    [Theory]
    [InlineData("4.5", 4.5)]
    [InlineData("1000", 1000)]
    public void Watts_of_a_core_are_a_number(string text, double watts) => MeterSettings.Watts(text).ShouldBe(watts);

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1e9")]
    [InlineData("NaN")]
    [InlineData("much")]
    public void Watts_that_are_none_are_refused(string text) =>
        Should.Throw<MeterException>(() => MeterSettings.Watts(text)).Message.ShouldStartWith($"GRID_CORE_WATTS is '{text}'; accepted: ");

    [Fact]
    public void The_driver_of_a_machine_with_an_NVIDIA_accelerator_counts_upwards()
    {
        using var meter = new MachineMeters(new MeterSettings(), TimeProvider.System).OpenAccelerator(out var why);
        Assert.SkipWhen(meter is null, $"NO NVIDIA ACCELERATOR ON THIS MACHINE, its meter is not tested: {why}");

        var (begun, first) = (TimeProvider.System.GetTimestamp(), meter.Read());
        while (meter.Read() <= first && TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(30))
            Thread.Yield();

        meter.Read().ShouldBeGreaterThan(first);
        meter.Provenance.ShouldBeOneOf(Provenance.Measured, Provenance.Integrated);
        // An accelerator that idles takes watts; none takes kilowatts.
        (meter.Read() / TimeProvider.System.GetElapsedTime(begun).TotalSeconds).ShouldBeLessThan(5000);
    }

    [Fact]
    public void The_processors_of_a_machine_with_RAPL_count_upwards()
    {
        using var meter = new MachineMeters(new MeterSettings(), TimeProvider.System).OpenProcessors(out var why);
        Assert.SkipWhen(meter is null, $"NO RAPL ON THIS MACHINE, its meter is not tested: {why}");

        var (begun, first) = (TimeProvider.System.GetTimestamp(), meter.Read());
        while (meter.Read() <= first && TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(30))
            Thread.Yield();

        meter.Read().ShouldBeGreaterThan(first);
    }
}
