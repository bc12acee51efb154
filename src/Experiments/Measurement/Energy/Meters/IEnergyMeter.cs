using Grid.Experiments.Metrics;

namespace Grid.Experiments.Measurement.Energy.Meters;

/// <summary>Counts what a part of this machine takes, from when it was opened. Thread-safe.</summary>
public interface IEnergyMeter : IDisposable
{
    /// <summary>Short, such as "rapl": stands beside every number that comes from it.</summary>
    string Name { get; }

    /// <summary>What it counts, for people: "package-0, dram-0".</summary>
    string Domains { get; }

    /// <summary><see cref="Provenance.Measured"/> for a counter of the hardware, <see cref="Provenance.Integrated"/> for a sum over samples of power.</summary>
    Provenance Provenance { get; }

    /// <summary>How many processes use what is counted, this one among them; null where their shares show in processor time.</summary>
    int? Sharers { get; }

    /// <summary>Joules since it was opened; never less than before. It moves in steps of its own.</summary>
    /// <exception cref="MeterException">It is gone, or can no longer tell.</exception>
    double Read();
}

/// <summary>A meter cannot tell; the message says why, and what would change that.</summary>
public sealed class MeterException(string message, Exception? inner = null) : Exception(message, inner);
