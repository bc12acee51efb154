using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using CsCheck;
using Grid.Experiments.Compression.Pruning;
using Grid.Experiments.Measurement.Packing;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;
using Grid.Tests;

namespace Grid.Experiments.Tests.Measurement.Packing;

public sealed class ModelPackTests
{
    private const int LengthStart = 5;
    private const int HashStart = 13;
    private const int StreamStart = 45;

    /// <summary>What Brotli sees: noise, runs of one byte, and both.</summary>
    private static readonly Gen<byte[]> anyContent = Gen.OneOf(
        Gen.Byte.Array[0, 3000],
        Gen.Byte[0, 2].Array[0, 3000],
        Gen.Select(Gen.Byte, Gen.Int[0, 300_000], (value, count) => Enumerable.Repeat(value, count).ToArray()));

    [Fact]
    public void Any_content_comes_back_byte_for_byte() =>
        anyContent.Sample(content => ModelPack.Unpack(ModelPack.Pack(content)).AsSpan().SequenceEqual(content), iter: 300);

    [Fact]
    public void A_model_comes_back_byte_for_byte_and_packs_the_smaller_the_more_of_it_is_zero()
    {
        var model = ModelZoo.Create("seed-cnn", 1);
        var dense = OnnxFile.ToBytes(model);
        var sparse = OnnxFile.ToBytes(MagnitudePruning.Prune(model, 0.9, global: false).Model);

        var (densePack, sparsePack) = (ModelPack.Pack(dense), ModelPack.Pack(sparse));

        ModelPack.Unpack(densePack).ShouldBe(dense);
        ModelPack.Unpack(sparsePack).ShouldBe(sparse);
        densePack.Length.ShouldBeLessThan(dense.Length);
        sparsePack.Length.ShouldBeLessThan(densePack.Length / 4);
        ModelPack.Pack(dense).ShouldBe(densePack);
    }

    [Fact]
    public void The_packed_size_of_a_file_is_the_length_of_its_pack()
    {
        using var folder = new TemporaryFolder();
        var bytes = OnnxFile.ToBytes(ModelZoo.Create("seed-cnn", 1));
        File.WriteAllBytes(folder.File("model.onnx"), bytes);

        ModelPack.PackedSize(folder.File("model.onnx")).ShouldBe(ModelPack.Pack(bytes).Length);
        Should.Throw<FileNotFoundException>(() => ModelPack.PackedSize(folder.File("none.onnx")));
    }

    [Fact]
    public void One_damaged_byte_anywhere_is_refused()
    {
        var pack = ModelPack.Pack(SomeText());
        for (var i = 0; i < pack.Length; i++)
        {
            foreach (var damage in new byte[] { 0x01, 0x80, 0xff })
            {
                var damaged = pack.ToArray();
                damaged[i] ^= damage;
                Should.Throw<InvalidDataException>(() => ModelPack.Unpack(damaged), $"byte {i} changed by {damage:x}");
            }
        }
    }

    [Fact]
    public void A_pack_cut_off_anywhere_or_with_more_behind_it_is_refused()
    {
        var pack = ModelPack.Pack(SomeText());

        for (var length = 0; length < pack.Length; length++)
            Should.Throw<InvalidDataException>(() => ModelPack.Unpack(pack.AsSpan(0, length)), $"cut to {length} bytes");
        Should.Throw<InvalidDataException>(() => ModelPack.Unpack([.. pack, 0])).Message.ShouldContain("1 bytes after its end");
    }

    [Fact]
    public void What_is_no_pack_or_of_a_newer_version_is_refused_by_name()
    {
        Should.Throw<InvalidDataException>(() => ModelPack.Unpack(OnnxFile.ToBytes(ModelZoo.Create("seed-cnn", 1)))).Message.ShouldContain("no packed model");
        var newer = ModelPack.Pack(SomeText());
        newer[4]++;

        Should.Throw<InvalidDataException>(() => ModelPack.Unpack(newer)).Message.ShouldContain("version 2");
    }

    [Fact]
    public void A_stream_that_holds_more_than_it_declares_is_stopped_there()
    {
        var bomb = Forged(new byte[64 << 20], declared: 1000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<InvalidDataException>(() => ModelPack.Unpack(bomb)).Message.ShouldContain("more than the 1000 bytes");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }

    [Fact]
    public void A_declared_length_takes_no_memory_before_it_is_filled()
    {
        var liar = Forged(new byte[1000], declared: ModelPack.LargestFile);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<InvalidDataException>(() => ModelPack.Unpack(liar)).Message.ShouldContain("holds 1000 of the");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(ModelPack.LargestFile + 1L)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_declared_length_that_no_file_has_is_refused(long declared) =>
        Should.Throw<InvalidDataException>(() => ModelPack.Unpack(Forged([], declared))).Message.ShouldContain($"a file of {declared} bytes");

    private static byte[] SomeText() => [.. Enumerable.Range(0, 400).Select(i => (byte)(i * i % 251))];

    /// <summary>A pack in all but its declared length, with the hash its maker would give it.</summary>
    private static byte[] Forged(byte[] content, long declared)
    {
        var stream = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        BrotliEncoder.TryCompress(content, stream, out var written, 5, 22).ShouldBeTrue();
        var pack = new byte[StreamStart + written];
        "GRDP"u8.CopyTo(pack);
        pack[4] = 1;
        BinaryPrimitives.WriteInt64LittleEndian(pack.AsSpan(LengthStart), declared);
        stream.AsSpan(0, written).CopyTo(pack.AsSpan(StreamStart));
        SHA256.HashData([.. content, .. stream[..written]]).CopyTo(pack, HashStart);
        return pack;
    }
}
