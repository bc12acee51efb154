using System.Buffers;

namespace Grid.Experiments.Running;

/// <summary>Reads records from a stream and hands the bytes between them to whoever keeps them.</summary>
/// <param name="other">Takes what is no part of a record, in pieces of any size.</param>
public sealed class RecordReader(Stream stream, Action<ReadOnlySpan<byte>> other)
{
    private readonly ArrayBufferWriter<byte> record = new();
    private readonly byte[] buffer = new byte[32 * 1024];
    private int position;
    private int length;
    private bool inRecord;

    /// <summary>The next message; null at the end of the stream, whose last record may be torn.</summary>
    /// <exception cref="RunnerProtocolException">A record is too long or is no message.</exception>
    public async ValueTask<RunnerMessage?> Read(CancellationToken cancellation = default)
    {
        while (true)
        {
            if (Take() is { } message)
                return message;
            length = await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false);
            position = 0;
            if (length == 0)
                return null;
        }
    }

    private RunnerMessage? Take()
    {
        while (position < length)
        {
            var rest = buffer.AsSpan(position, length - position);
            var end = rest.IndexOf(inRecord ? (byte)'\n' : RunnerProtocol.RecordSeparator);
            var piece = end < 0 ? rest : rest[..end];
            position += end < 0 ? piece.Length : piece.Length + 1;

            if (!inRecord)
                other(piece);
            else if (record.WrittenCount + piece.Length > RunnerProtocol.LongestRecord)
                throw new RunnerProtocolException($"A record is longer than {RunnerProtocol.LongestRecord} bytes.");
            else
                record.Write(piece);

            if (end < 0)
                return null;
            inRecord = !inRecord;
            if (!inRecord)
                return End();
        }
        return null;
    }

    private RunnerMessage End()
    {
        var message = RunnerProtocol.Parse(record.WrittenSpan);
        record.ResetWrittenCount();
        return message;
    }
}
