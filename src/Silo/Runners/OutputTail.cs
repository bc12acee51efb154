using System.Text;

namespace Grid.Silo.Runners;

/// <summary>The last that a process printed, as evidence. Thread-safe, bounded.</summary>
internal sealed class OutputTail
{
    private const int Capacity = 4096;

    private readonly byte[] ring = new byte[Capacity];
    private readonly Lock gate = new();
    private long written;

    public void Clear()
    {
        lock (gate)
            written = 0;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Capacity)
            bytes = bytes[^Capacity..];
        lock (gate)
        {
            var at = (int)(written % Capacity);
            var first = Math.Min(bytes.Length, Capacity - at);
            bytes[..first].CopyTo(ring.AsSpan(at));
            bytes[first..].CopyTo(ring);
            written += bytes.Length;
        }
    }

    /// <summary>The text, from the first full line where something was cut off before it.</summary>
    public override string ToString()
    {
        lock (gate)
        {
            if (written <= Capacity)
                return Encoding.UTF8.GetString(ring, 0, (int)written).Trim();
            var start = (int)(written % Capacity);
            byte[] bytes = [.. ring[start..], .. ring[..start]];
            return Encoding.UTF8.GetString(bytes.AsSpan(Array.IndexOf(bytes, (byte)'\n') + 1)).Trim();
        }
    }
}
