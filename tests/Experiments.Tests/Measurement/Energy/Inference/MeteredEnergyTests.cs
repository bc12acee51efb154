using Grid.Experiments.Measurement;
using Grid.Experiments.Measurement.Energy;
using Grid.Experiments.Measurement.Energy.Inference;
using Grid.Experiments.Measurement.Energy.Meters;
using Grid.Experiments.Metrics;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps.Files;
using Grid.Experiments.Sweeps.Space;
using Grid.Experiments.Tests.Measurement.Energy.Meters;
using Grid.Tests;
using Microsoft.Extensions.Time.Testing;

namespace Grid.Experiments.Tests.Measurement.Energy.Inference;

/// <summary>
/// A machine that takes 10 W while it idles and 30 W while it works, seen through a folder like sysfs. An inference takes a millisecond.
/// </summary>
public sealed class MeteredEnergyTests : IDisposable
{
    private const double IdleWatts = 10;
    private const double BusyWatts = 30;
    private static readonly TimeSpan inference = TimeSpan.FromMilliseconds(1);

    private readonly FakeTimeProvider clock = new();
    private readonly PowercapTree tree = new();
    private readonly TemporaryFolder folder = new();
    private double joules;
    private TimeSpan own;
    private double others;

    public MeteredEnergyTests() => tree.Zone("intel-rapl:0", "package-0");

    public void Dispose()
    {
        tree.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void An_inference_costs_what_the_machine_takes_meanwhile_and_net_what_it_takes_beyond_idling()
    {
        var energy = Measure();

        energy.Gross.Value.ShouldNotBeNull().ShouldBe(BusyWatts * 1e-3, 1e-5);
        energy.Net.Value.ShouldNotBeNull().ShouldBe((BusyWatts - IdleWatts) * 1e-3, 1e-5);
        energy.Gross.Provenance.ShouldBe(Provenance.Measured);
        (energy.Gross.Low <= energy.Gross.Value && energy.Gross.Value <= energy.Gross.High).ShouldBeTrue();
        energy.Notes.ShouldHaveSingleItem().ShouldBe("energy is that of package-0 by rapl, idle at 10 W");
    }

    [Fact]
    public void One_session_tells_no_spread() => Measure(sessions: 1).Gross.Low.ShouldBeNull();

    [Fact]
    public void A_machine_that_others_work_on_too_is_shared_and_the_number_marked()
    {
        others = 1; // As much as we do.

        var energy = Measure();

        energy.Gross.Value.ShouldNotBeNull().ShouldBe(BusyWatts * 1e-3 / 2, 1e-4);
        energy.Gross.Provenance.ShouldBe(Provenance.Attributed);
        energy.Net.Provenance.ShouldBe(Provenance.Attributed);
        energy.Notes[1].ShouldStartWith("other work ran while energy was measured");
    }

    [Fact]
    public void A_meter_that_vanishes_meanwhile_leaves_no_number_and_no_estimate_in_its_place()
    {
        var energy = Measure(during: () => tree.Vanish("intel-rapl:0"));

        (energy.Gross, energy.Net).ShouldBe((Metric.Unavailable("J"), Metric.Unavailable("J")));
        energy.Notes.ShouldHaveSingleItem().ShouldStartWith("no energy was measured: the counters of rapl are gone");
    }

    [Fact]
    public void Work_that_takes_no_more_than_idling_has_no_net()
    {
        var energy = Measure(busyWatts: IdleWatts);

        energy.Gross.Value.ShouldNotBeNull();
        energy.Net.ShouldBe(Metric.Unavailable("J"));
    }

    [Fact]
    public void Who_asks_for_the_estimate_gets_it_also_where_there_is_a_meter()
    {
        var energy = Measure(source: EnergySource.Estimate);

        energy.ShouldBe(new InferenceEnergy(EstimatedEnergy.PerInference(ModelZoo.Create("lenet-300-100", 1), []), Metric.Unavailable("J"), energy.Notes));
        energy.Notes.ShouldBeEmpty();
    }

    [Fact]
    public void Without_a_meter_there_is_the_estimate()
    {
        tree.Vanish("intel-rapl:0");

        Measure().Gross.Provenance.ShouldBe(Provenance.Estimated);
    }

    [Fact]
    public void Who_insists_on_a_meter_gets_no_estimate_but_the_reason()
    {
        tree.Vanish("intel-rapl:0");

        var energy = Measure(source: EnergySource.Meter);

        energy.Gross.ShouldBe(Metric.Unavailable("J"));
        energy.Notes.ShouldHaveSingleItem().ShouldEndWith("has no zone of RAPL that counts a processor");
    }

    [Fact]
    public void Sweep_files_name_the_same_sources() =>
        FileSettings.Measure.Single(s => s.Name == "energy").Rule.ShouldBeOfType<WordRule>().Words.ShouldBe(EnergySource.All);

    private InferenceEnergy Measure(int sessions = 3, string source = EnergySource.Auto, double busyWatts = BusyWatts, Action? during = null)
    {
        Pass(TimeSpan.Zero, 0, 0);
        var meter = new MeteredEnergy(
            new MachineMeters(new MeterSettings { Powercap = tree.Path }, clock), new ProcessorTime(() => own, folder.File("stat")), clock,
            time => Pass(time, IdleWatts, 0));
        var settings = MeasureSettings.From(new StageSettings([new("energy", source), new("energy-time", "0.2"), new("sessions", $"{sessions}")]));
        return meter.PerInference(
            ModelZoo.Create("lenet-300-100", 1), [], settings,
            () =>
            {
                during?.Invoke();
                Pass(inference, busyWatts, 1);
            },
            TestContext.Current.CancellationToken);
    }

    /// <summary>Lets time pass at so many watts, with so many processors busy on our account.</summary>
    private void Pass(TimeSpan time, double watts, double busy)
    {
        clock.Advance(time);
        joules += watts * time.TotalSeconds;
        own += time * busy;
        if (File.Exists(tree.Counter("intel-rapl:0")))
            tree.Set("intel-rapl:0", (long)(joules * 1e6));
        var machine = (long)(own.TotalSeconds * (1 + others) * 100);
        File.WriteAllText(folder.File("stat"), $"cpu  {machine} 0 0 5 0 0 0 0 0 0\n");
    }
}
