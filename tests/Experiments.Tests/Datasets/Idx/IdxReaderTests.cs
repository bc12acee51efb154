using System.IO.Compression;
using Grid.Experiments.Datasets.Idx;

namespace Grid.Experiments.Tests.Datasets.Idx;

public sealed class IdxReaderTests : IDisposable
{
    private static readonly IdxShape Shape = IdxShape.Images(5, 4, 3);
    private static readonly byte[] Body = [.. Enumerable.Range(0, 60).Select(i => (byte)(i * 37))];
    private static readonly byte[] Whole = [.. Shape.Header(), .. Body];
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_whole_file_gives_back_its_bytes(bool packed) => Read(packed ? TemporaryData.Pack(Whole) : Whole).ShouldBe(Body);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_cut_off_at_any_byte_is_refused(bool packed)
    {
        var content = packed ? TemporaryData.Pack(Whole) : Whole;
        for (var length = 0; length < content.Length; length++)
            Should.Throw<InvalidDataException>(() => Read(content[..length]), $"cut off after {length} bytes");
    }

    [Fact]
    public void A_short_file_says_how_much_of_it_there_is() => Problem(Whole[..50]).ShouldBe("it ends after 50 of 76 bytes");

    [Fact]
    public void A_file_of_gzip_data_with_a_flipped_bit_is_refused_or_read_right()
    {
        var packed = TemporaryData.Pack(Whole);
        var refused = 0;
        for (var bit = 0; bit < packed.Length * 8; bit++)
        {
            var damaged = (byte[])packed.Clone();
            damaged[bit / 8] ^= (byte)(1 << bit % 8);
            try
            {
                Read(damaged).ShouldBe(Body, $"bit {bit}");
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        // Only the header's time stamp, flags and name of the system do not matter.
        refused.ShouldBeGreaterThan((packed.Length - 10) * 8 * 9 / 10);
    }

    [Theory]
    [InlineData(0, 0x89, "it does not begin like an idx file (first bytes 89000803)")]
    [InlineData(2, 0x0d, "its elements have type 0x0d; images are unsigned bytes (0x08)")]
    [InlineData(3, 1, "it holds labels where images are expected")]
    [InlineData(3, 2, "it has 2 dimensions; images have 3")]
    [InlineData(7, 6, "it declares 6 images; expected 5")]
    [InlineData(4, 0xff, "it declares 4,278,190,085 images; expected 5")]
    [InlineData(11, 3, "its images are 3 x 3 pixels; expected 4 x 3")]
    public void A_header_that_lies_is_named(int position, byte value, string problem)
    {
        var content = (byte[])Whole.Clone();
        content[position] = value;
        Problem(content).ShouldBe(problem);
        Problem(TemporaryData.Pack(content)).ShouldBe(problem);
    }

    [Fact]
    public void A_text_file_is_not_an_idx_file() =>
        Problem("<html>404 not found</html>"u8.ToArray()).ShouldStartWith("it does not begin like an idx file");

    [Fact]
    public void Images_where_labels_are_expected_are_named()
    {
        File.WriteAllBytes(path, Whole);
        Should.Throw<InvalidDataException>(() => IdxReader.Read(path, IdxShape.Labels(5)))
            .Message.ShouldBe("it holds images where labels are expected");
    }

    [Fact]
    public void Bytes_after_the_last_image_are_refused() => Problem([.. Whole, 0]).ShouldBe("it goes on after its 76 bytes");

    [Fact]
    public void A_packed_file_that_unpacks_to_a_gigabyte_is_read_no_further_than_needed()
    {
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            gzip.Write(Whole);
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 1024; i++)
                gzip.Write(zeros);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<InvalidDataException>(() => IdxReader.Read(path, Shape));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }

    [Fact]
    public void A_label_beyond_the_classes_is_named_with_its_place() =>
        Should.Throw<InvalidDataException>(() => IdxReader.CheckLabels([1, 9, 10, 3], 10))
            .Message.ShouldBe("label 10 of image 2 is not one of 0 to 9");

    private byte[] Read(byte[] content)
    {
        File.WriteAllBytes(path, content);
        return IdxReader.Read(path, Shape).Body;
    }

    private string Problem(byte[] content) => Should.Throw<InvalidDataException>(() => Read(content)).Message;
}
