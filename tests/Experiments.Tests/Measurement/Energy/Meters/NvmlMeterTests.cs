using Grid.Experiments.Measurement.Energy.Meters;
using Grid.Experiments.Measurement.Energy.Meters.Nvml;
using Grid.Experiments.Metrics;
using Microsoft.Extensions.Time.Testing;

namespace Grid.Experiments.Tests.Measurement.Energy.Meters;

public sealed class NvmlMeterTests : IClassFixture<NvmlStandIn>
{
    private readonly FakeTimeProvider clock = new();
    private readonly NvmlStandIn driver;

    public NvmlMeterTests(NvmlStandIn driver)
    {
        driver.Reset();
        this.driver = driver;
    }

    [Fact]
    public void An_accelerator_with_a_counter_is_measured_by_it()
    {
        driver.Energy(0, 1_000_000);
        using var meter = Open();

        driver.Energy(0, 1_002_500);

        meter.Read().ShouldBe(2.5);
        (meter.Provenance, meter.Domains, meter.Name).ShouldBe((Provenance.Measured, "Stand-in 0", "nvml"));
    }

    [Fact]
    public void Power_is_summed_up_where_there_is_no_counter()
    {
        driver.Support(energy: false, power: true);
        driver.Power(0, 100_000);
        using var meter = Open();

        // One second at 100 W, one in which it rises to 300 W, one at 300 W.
        clock.Advance(TimeSpan.FromSeconds(1));
        driver.Power(0, 300_000);
        clock.Advance(TimeSpan.FromMilliseconds(50));
        clock.Advance(TimeSpan.FromSeconds(1));

        meter.Provenance.ShouldBe(Provenance.Integrated);
        meter.Read().ShouldBe(100 + 10 + 300, 1e-6);
    }

    [Fact]
    public void An_accelerator_that_tells_neither_is_no_meter()
    {
        driver.Support(energy: false, power: false);

        Why().ShouldBe("Stand-in 0 tells neither its energy nor its power");
        driver.Open.ShouldBe(0);
    }

    [Theory]
    [InlineData(null, "Stand-in 0")]
    [InlineData("1", "Stand-in 1")]
    [InlineData("1,0", "Stand-in 1")]
    [InlineData("GPU-b", "Stand-in 1")]
    public void The_first_that_CUDA_may_see_is_the_one_counted(string? visible, string name)
    {
        using var meter = Open(visible);

        meter.Domains.ShouldBe(name);
    }

    [Theory]
    [InlineData("2", "CUDA_VISIBLE_DEVICES is '2', whose first is none of the 2 that the driver knows")]
    [InlineData("GPU-x", "CUDA_VISIBLE_DEVICES is 'GPU-x', whose first is none of the 2 that the driver knows")]
    [InlineData("", "CUDA_VISIBLE_DEVICES is empty, which hides every accelerator")]
    public void One_that_is_not_there_is_told(string visible, string expected) => Why(visible).ShouldBe(expected);

    [Fact]
    public void A_driver_without_accelerators_is_told()
    {
        driver.Devices(0);

        Why().ShouldBe("the driver knows no accelerator");
    }

    [Fact]
    public void A_driver_that_does_not_run_is_told()
    {
        driver.Fail(9);

        Why().ShouldBe("nvmlInit answers 9: Driver Not Loaded");
    }

    [Fact]
    public void An_accelerator_that_falls_off_the_bus_is_told()
    {
        using var meter = Open();

        driver.Fail(15);

        Should.Throw<MeterException>(() => meter.Read()).Message
            .ShouldBe("Stand-in 0 no longer tells: nvmlDeviceGetTotalEnergyConsumption answers 15: GPU is lost");
    }

    [Fact]
    public void A_counter_that_goes_back_is_told()
    {
        driver.Energy(0, 5000);
        using var meter = Open();

        driver.Energy(0, 10);

        Should.Throw<MeterException>(() => meter.Read()).Message.ShouldContain("went back from 5000 to 10 mJ");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    public void Processes_on_the_accelerator_share_it(int processes, int sharers)
    {
        driver.Processes(processes);
        using var meter = Open();

        meter.Sharers.ShouldBe(sharers);
    }

    [Fact]
    public void The_driver_is_let_go_of()
    {
        var meter = Open();
        driver.Open.ShouldBe(1);

        meter.Dispose();
        meter.Dispose();

        driver.Open.ShouldBe(0);
    }

    [Fact]
    public void Another_library_is_no_driver()
    {
        NvmlMeter.Open("libc.so.6", null, clock, out var why).ShouldBeNull();

        why.ShouldNotBeNull().ShouldContain("nvmlShutdown");
    }

    [Fact]
    public void A_machine_without_the_library_has_no_meter()
    {
        NvmlMeter.Open("libno-such-driver.so.1", null, clock, out var why).ShouldBeNull();

        why.ShouldNotBeNull().ShouldStartWith("there is no libno-such-driver.so.1: no accelerator of NVIDIA");
    }

    private IEnergyMeter Open(string? visible = null)
    {
        var meter = NvmlMeter.Open(driver.File, visible, clock, out var why);
        why.ShouldBeNull();
        return meter.ShouldNotBeNull();
    }

    private string Why(string? visible = null)
    {
        NvmlMeter.Open(driver.File, visible, clock, out var why).ShouldBeNull();
        return why.ShouldNotBeNull();
    }
}
