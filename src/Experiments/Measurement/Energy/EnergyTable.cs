namespace Grid.Experiments.Measurement.Energy;

/// <summary>
/// Joules of single operations in 45 nm silicon at 0.9 V: M. Horowitz, "Computing's energy problem (and what we can do about it)", ISSCC
/// 2014, figure 1.1.9. Newer processes need less, and a processor spends most of its energy around the operations: the numbers rank
/// models, they do not predict a meter.
/// </summary>
public static class EnergyTable
{
    private const double PicoJoule = 1e-12;

    public const double FloatAdd = 0.9 * PicoJoule;
    public const double FloatMultiply = 3.7 * PicoJoule;
    public const double Int8Add = 0.03 * PicoJoule;
    public const double Int8Multiply = 0.2 * PicoJoule;
    public const double Int32Add = 0.1 * PicoJoule;

    /// <summary>
    /// One byte from or to DRAM: 640 pJ for 32 bits, as in Han et al. 2015, "Learning both Weights and Connections for Efficient Neural
    /// Networks", table 1: the lower end of Horowitz's 1.3 to 2.6 nJ for 64 bits.
    /// </summary>
    public const double DramByte = 640 * PicoJoule / 4;

    /// <summary>Capacity in bytes, and energy of a byte from 64-bit accesses at 10, 20 and 100 pJ.</summary>
    private static readonly (long Capacity, double Byte)[] caches =
        [(8 << 10, 10 * PicoJoule / 8), (32 << 10, 20 * PicoJoule / 8), (1 << 20, 100 * PicoJoule / 8)];

    /// <summary>One byte of a buffer of that many bytes, which lies in the smallest cache of 8 KB, 32 KB or 1 MB that holds it, else in DRAM.</summary>
    public static double BufferByte(long bytes)
    {
        foreach (var (capacity, energy) in caches)
            if (bytes <= capacity)
                return energy;
        return DramByte;
    }
}
