using Grid.Experiments.Measurement.Energy;
using Grid.Experiments.Measurement.Energy.Meters;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using Grid.Experiments.Tests.Measurement.Energy.Meters;
using Microsoft.Extensions.Time.Testing;

namespace Grid.Experiments.Tests.Measurement.Energy;

public sealed class StageMeterTests : IClassFixture<NvmlStandIn>, IDisposable
{
    private readonly FakeTimeProvider clock = new();
    private readonly PowercapTree tree = new();
    private readonly NvmlStandIn driver;
    private TimeSpan own;

    public StageMeterTests(NvmlStandIn driver) => this.driver = driver;

    public void Dispose() => tree.Dispose();

    [Fact]
    public void A_stage_costs_what_the_processors_took_meanwhile()
    {
        tree.Zone("intel-rapl:0", "package-0", 7_000_000);
        using var stage = Meter().Begin();

        Pass(12_000_000);

        stage.Cost().ShouldBe(new StageCost(new Metric(5, "J", Provenance.Measured), "rapl", null));
    }

    [Fact]
    public void An_accelerator_that_the_runner_holds_is_added()
    {
        driver.Reset();
        tree.Zone("intel-rapl:0", "package-0");
        using var stage = Meter(accelerated: true).Begin();

        driver.Energy(0, 20_000);
        Pass(5_000_000);

        stage.Cost().ShouldBe(new StageCost(new Metric(25, "J", Provenance.Measured), "rapl and nvml", null));
    }

    [Fact]
    public void The_weakest_part_decides_what_the_sum_is_worth()
    {
        driver.Reset();
        driver.Support(energy: false, power: true);
        driver.Power(0, 10_000);
        tree.Zone("intel-rapl:0", "package-0");
        using var stage = Meter(accelerated: true).Begin();

        Pass(5_000_000);

        stage.Cost().Energy.ShouldBe(new Metric(15, "J", Provenance.Integrated));
    }

    [Fact]
    public void Without_a_meter_the_watts_that_somebody_gave_for_a_core_make_an_estimate()
    {
        using var stage = Meter(coreWatts: 8).Begin();

        own = TimeSpan.FromSeconds(3);

        stage.Cost().ShouldBe(new StageCost(new Metric(24, "J", Provenance.Estimated), "core-watts", null));
    }

    [Fact]
    public void Without_either_nothing_is_known_and_never_0()
    {
        using var stage = Meter().Begin();

        var cost = stage.Cost();

        (cost.Energy, cost.Meter).ShouldBe((Metric.Unavailable("J"), null));
        cost.Why.ShouldNotBeNull().ShouldEndWith("has no zone of RAPL that counts a processor");
    }

    [Fact]
    public void A_meter_that_vanishes_meanwhile_is_told_and_not_made_up_for()
    {
        tree.Zone("intel-rapl:0", "package-0");
        using var stage = Meter(coreWatts: 8).Begin();

        tree.Vanish("intel-rapl:0");

        stage.Cost().Why.ShouldNotBeNull().ShouldStartWith("the counters of rapl are gone");
        stage.Cost().Energy.Value.ShouldBeNull();
    }

    [Fact]
    public void A_cost_survives_the_store()
    {
        var result = StageResult.Empty with { Cost = new StageCost(new Metric(5, "J", Provenance.Attributed), "rapl", null) };

        var read = System.Text.Json.JsonSerializer.Deserialize(
            System.Text.Json.JsonSerializer.Serialize(result, StageJson.Default.StageResult), StageJson.Default.StageResult);

        read.ShouldNotBeNull().Cost.ShouldBe(result.Cost);
    }

    private StageMeter Meter(bool accelerated = false, double? coreWatts = null) => new(
        new MachineMeters(new MeterSettings { Powercap = tree.Path, Nvml = accelerated ? driver.File : "none", CoreWatts = coreWatts }, clock),
        new ProcessorTime(() => own, "/no/account"),
        accelerated);

    /// <summary>A second passes, at whose end the package shows that.</summary>
    private void Pass(long microjoules)
    {
        tree.Set("intel-rapl:0", microjoules);
        clock.Advance(TimeSpan.FromSeconds(1));
    }
}
