using Grid.Experiments.Measurement.Energy.Meters;
using Grid.Experiments.Measurement.Energy.Meters.Rapl;
using Grid.Experiments.Metrics;
using Microsoft.Extensions.Time.Testing;

namespace Grid.Experiments.Tests.Measurement.Energy.Meters;

public sealed class RaplMeterTests : IDisposable
{
    private readonly FakeTimeProvider clock = new();
    private PowercapTree tree = new();

    public void Dispose() => tree.Dispose();

    [Fact]
    public void Packages_and_their_memory_are_counted_once_and_nothing_else()
    {
        tree = PowercapTree.TwoPackages();
        using var meter = Open();

        foreach (var (zone, joules) in new[] { ("intel-rapl:0", 1), ("intel-rapl:0:0", 10), ("intel-rapl:0:1", 2), ("intel-rapl:1", 4), ("intel-rapl:1:1", 8), ("intel-rapl:2", 100), ("intel-rapl-mmio:0", 1000) })
            tree.Set(zone, joules * 1_000_000);
        clock.Advance(TimeSpan.FromSeconds(1));

        meter.Read().ShouldBe(15);
        (meter.Domains, meter.Provenance, meter.Name).ShouldBe(("package-0, package-1, dram-0, dram-1", Provenance.Measured, "rapl"));
    }

    [Fact]
    public void The_whole_board_counts_only_where_no_package_does()
    {
        tree.Zone("intel-rapl:0", "psys");
        tree.Zone("intel-rapl:0:0", "core");

        using var meter = Open();

        meter.Domains.ShouldBe("psys");
    }

    [Fact]
    public void What_was_counted_before_is_not()
    {
        tree.Zone("intel-rapl:0", "package-0", 5_000_000);
        using var meter = Open();

        meter.Read().ShouldBe(0);
    }

    [Fact]
    public void A_counter_that_comes_round_goes_on()
    {
        tree.Zone("intel-rapl:0", "package-0", PowercapTree.Range - 1_000_000);
        using var meter = Open();

        tree.Set("intel-rapl:0", 2_000_000);
        clock.Advance(TimeSpan.FromSeconds(1));

        meter.Read().ShouldBe(3, 1e-9);
    }

    [Fact]
    public void A_counter_that_comes_round_twice_while_nobody_asks_is_seen_by_the_reader_in_the_background()
    {
        const long range = 65_532_610_987;
        tree.Zone("intel-rapl:0", "package-0", 0, range);
        using var meter = Open();

        // 400 W for ten minutes: it comes round three times.
        const long watts = 400_000_000;
        for (var second = 1; second <= 600; second++)
        {
            tree.Set("intel-rapl:0", watts * second % range);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        meter.Read().ShouldBe(240_000, 1);
    }

    [Fact]
    public void A_counter_that_was_set_back_tells_nothing_any_more()
    {
        tree.Zone("intel-rapl:0", "package-0", 9_000_000_000);
        using var meter = Open();

        tree.Set("intel-rapl:0", 1_000);
        clock.Advance(TimeSpan.FromSeconds(1));

        Should.Throw<MeterException>(() => meter.Read()).Message.ShouldStartWith("the counter of package-0 went back from 9000000000 to 1000 µJ");
        tree.Set("intel-rapl:0", 9_000_000_000);
        Should.Throw<MeterException>(() => meter.Read());
    }

    [Fact]
    public void A_zone_that_vanishes_is_told()
    {
        tree = PowercapTree.TwoPackages();
        using var meter = Open();
        meter.Read().ShouldBe(0);

        tree.Vanish("intel-rapl:1:1");

        Should.Throw<MeterException>(() => meter.Read()).Message.ShouldStartWith("the counters of rapl are gone: ");
    }

    [Fact]
    public void Counters_that_may_not_be_read_are_explained_with_what_to_do()
    {
        tree = PowercapTree.TwoPackages();
        tree.Forbid("intel-rapl:1");

        RaplMeter.Open(tree.Path, clock, out var why).ShouldBeNull();

        why.ShouldNotBeNull().ShouldContain("may only be read by root");
        why.ShouldContain($"sudo chmod a+r {tree.Path}/intel-rapl:*/energy_uj");
    }

    [Fact]
    public void Counters_that_only_root_may_read_are_explained_to_others()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "root reads every file");
        tree = PowercapTree.TwoPackages();
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(tree.Counter("intel-rapl:0"), UnixFileMode.None);

        RaplMeter.Open(tree.Path, clock, out var why).ShouldBeNull();

        why.ShouldNotBeNull().ShouldContain("may only be read by root");
    }

    [Fact]
    public void A_machine_without_the_folder_has_no_meter()
    {
        RaplMeter.Open(Path.Combine(tree.Path, "none"), clock, out var why).ShouldBeNull();

        why.ShouldNotBeNull().ShouldStartWith($"there is no {Path.Combine(tree.Path, "none")}: ");
    }

    [Fact]
    public void A_folder_without_zones_of_a_processor_is_no_meter()
    {
        tree.Zone("intel-rapl:0:0", "core");

        RaplMeter.Open(tree.Path, clock, out var why).ShouldBeNull();

        why.ShouldNotBeNull().ShouldEndWith("has no zone of RAPL that counts a processor");
    }

    [Theory]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("many")]
    public void A_counter_that_holds_no_number_is_no_meter(string text)
    {
        tree.Zone("intel-rapl:0", "package-0");
        File.WriteAllText(tree.Counter("intel-rapl:0"), text);

        RaplMeter.Open(tree.Path, clock, out var why).ShouldBeNull();

        why.ShouldNotBeNull().ShouldContain($"holds '{text}' and no number");
    }

    private IEnergyMeter Open()
    {
        var meter = RaplMeter.Open(tree.Path, clock, out var why);
        why.ShouldBeNull();
        return meter.ShouldNotBeNull();
    }
}
