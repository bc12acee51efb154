using Grid.Experiments.Measurement.Energy.Meters;
using Grid.Experiments.Metrics;

namespace Grid.Experiments.Tests.Measurement.Energy.Meters;

/// <summary>A meter that tells what a test says.</summary>
internal sealed class FakeMeter(Func<double> joules, Provenance provenance = Provenance.Measured) : IEnergyMeter
{
    public string Name => "fake";

    public string Domains => "package-0";

    public Provenance Provenance => provenance;

    public int? Sharers { get; init; }

    public double Read() => joules();

    public void Dispose()
    {
    }
}
