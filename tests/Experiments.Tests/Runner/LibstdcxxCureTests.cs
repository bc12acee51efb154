using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using Grid.Runner.Native;
using Grid.Tests;

namespace Grid.Experiments.Tests.Runner;

/// <summary>On copies of the real library, as its package delivers it.</summary>
public sealed class LibstdcxxCureTests : IDisposable
{
    private const string Version = "GLIBCXX_3.4.32";
    private readonly TemporaryFolder folder = new();
    private readonly string library;
    private readonly byte[] original = Original();

    public LibstdcxxCureTests() => library = folder.File("libLibTorchSharp.so");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_cure_sets_one_bit_and_keeps_the_time_of_the_file()
    {
        Write(original);
        var time = File.GetLastWriteTimeUtc(library);

        Cure().ShouldContain("marked");

        var cured = File.ReadAllBytes(library);
        var changed = Enumerable.Range(0, cured.Length).Where(i => cured[i] != original[i]).ToArray();
        changed.Length.ShouldBe(1);
        (cured[changed[0]] ^ original[changed[0]]).ShouldBe(2);
        File.GetLastWriteTimeUtc(library).ShouldBe(time);
        Directory.GetFiles(folder.Path).ShouldBe([library]);
    }

    [Fact]
    public void A_hard_link_to_the_package_keeps_its_content()
    {
        var package = folder.File("package.so");
        File.WriteAllBytes(package, original);
        using (var link = Process.Start("ln", [package, library]))
            link.WaitForExit();

        Cure().ShouldContain("marked");

        File.ReadAllBytes(package).ShouldBe(original);
        File.ReadAllBytes(library).ShouldNotBe(original);
    }

    [Fact]
    public void A_second_cure_does_nothing()
    {
        Write(original);
        Cure();
        var cured = File.ReadAllBytes(library);

        Cure().ShouldContain("already");

        File.ReadAllBytes(library).ShouldBe(cured);
    }

    [Fact]
    public void Nothing_is_done_where_the_system_has_the_version()
    {
        Write(original);

        LibstdcxxCure.Apply(folder.Path, version => version == Version).ShouldContain("nothing to do");

        File.ReadAllBytes(library).ShouldBe(original);
    }

    [Fact]
    public void A_library_with_another_symbol_of_that_version_is_refused()
    {
        var bytes = original.ToArray();
        var name = bytes.AsSpan().IndexOf("_ZSt21ios_base_library_initv"u8);
        bytes[name + 3] = (byte)'x';
        Refused(bytes);
    }

    [Fact]
    public void A_library_that_relocates_the_symbol_is_refused()
    {
        var bytes = original.ToArray();
        var marker = new VersionNeed(bytes).SymbolsOf(Version).Single();
        var relocation = FirstRelocation(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(relocation + 12), (uint)marker.Index);
        Refused(bytes);
    }

    [Fact]
    public void What_is_no_library_is_refused()
    {
        Refused(Encoding.ASCII.GetBytes("not an ELF file"));
    }

    [Fact]
    public void The_system_provides_what_every_libstdcxx_has_and_not_what_none_has()
    {
        SystemLibstdcxx.Provides("GLIBCXX_3.4.21").ShouldBeTrue();
        SystemLibstdcxx.Provides("GLIBCXX_99").ShouldBeFalse();
    }

    private void Refused(byte[] bytes)
    {
        Write(bytes);
        Should.Throw<InvalidDataException>(Cure);
        File.ReadAllBytes(library).ShouldBe(bytes);
    }

    private string Cure() => LibstdcxxCure.Apply(folder.Path, _ => false);

    private void Write(byte[] bytes)
    {
        File.WriteAllBytes(library, bytes);
        File.SetLastWriteTimeUtc(library, new DateTime(2026, 5, 7, 1, 2, 3, DateTimeKind.Utc));
    }

    /// <summary>The runner's library with the cure, if any, taken back.</summary>
    private static byte[] Original()
    {
        var bytes = File.ReadAllBytes(Path.Combine(NativeLibraries.Folder, "libLibTorchSharp.so"));
        var flags = new VersionNeed(bytes).FlagsOf(Version).ShouldNotBeNull();
        bytes[flags] = 0;
        return bytes;
    }

    private static int FirstRelocation(byte[] elf)
    {
        var sections = (int)BinaryPrimitives.ReadUInt64LittleEndian(elf.AsSpan(0x28));
        while (BinaryPrimitives.ReadUInt32LittleEndian(elf.AsSpan(sections + 4)) != 4)
            sections += 64;
        return (int)BinaryPrimitives.ReadUInt64LittleEndian(elf.AsSpan(sections + 24));
    }
}
