using System.Text;
using CsCheck;
using Grid.Experiments.Running;

namespace Grid.Experiments.Tests.Running;

public sealed class RecordReaderTests
{
    [Fact]
    public Task Messages_and_what_lies_between_them_come_apart_however_the_bytes_arrive() =>
        Gen.Select(
            Gen.Select(Gen.Bool, Gen.String[Gen.Char, 0, 50]).Array[0, 12],
            Gen.Int[1, 40])
        .SampleAsync(async (parts, pieceLength) =>
        {
            var clean = parts.Select(p => (IsMessage: p.Item1, Text: p.Item2.Replace("\u001e", ""))).ToList();
            var bytes = clean.SelectMany(p => p.IsMessage
                ? RunnerProtocol.Frame(new ProgressMessage("key", 0.5, p.Text))
                : Encoding.UTF8.GetBytes(p.Text)).ToArray();
            var between = new List<byte>();
            var reader = new RecordReader(new PiecewiseStream(bytes, pieceLength), piece => between.AddRange(piece));

            var messages = new List<RunnerMessage>();
            while (await reader.Read() is { } message)
                messages.Add(message);

            // JSON replaces lone surrogates, so the expected messages pass through it too.
            messages.ShouldBe(clean.Where(p => p.IsMessage).Select(p => RunnerProtocol.Parse(
                RunnerProtocol.Frame(new ProgressMessage("key", 0.5, p.Text)).AsSpan()[1..^1])));
            between.ToArray().ShouldBe(clean.Where(p => !p.IsMessage).SelectMany(p => Encoding.UTF8.GetBytes(p.Text)).ToArray());
        }, iter: 300);

    [Theory]
    [InlineData("\u001enot json\n")]
    [InlineData("\u001e{\"message\":\"unheard-of\"}\n")]
    [InlineData("\u001e{}\n")]
    [InlineData("\u001enull\n")]
    public async Task A_record_that_is_no_message_is_refused(string text)
    {
        var reader = new RecordReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), _ => { });

        await Should.ThrowAsync<RunnerProtocolException>(async () => await reader.Read());
    }

    [Fact]
    public async Task A_record_without_end_is_refused_before_it_fills_the_memory()
    {
        var reader = new RecordReader(new EndlessStream(), _ => { });

        (await Should.ThrowAsync<RunnerProtocolException>(async () => await reader.Read())).Message.ShouldContain("longer than");
    }

    [Fact]
    public async Task A_torn_record_at_the_end_is_the_end()
    {
        var record = RunnerProtocol.Frame(new StartedMessage("key"));
        var reader = new RecordReader(new MemoryStream([.. record, .. record[..^3]]), _ => { });

        (await reader.Read()).ShouldBe(new StartedMessage("key"));
        (await reader.Read()).ShouldBeNull();
    }

    /// <summary>Gives at most so many bytes at a time.</summary>
    private sealed class PiecewiseStream(byte[] bytes, int pieceLength) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(pieceLength, buffer.Length)], cancellationToken);
    }

    /// <summary>A record separator, and never a line feed.</summary>
    private sealed class EndlessStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill(RunnerProtocol.RecordSeparator);
            return new(buffer.Length);
        }
    }
}
