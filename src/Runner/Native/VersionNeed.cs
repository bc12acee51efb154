using System.Buffers.Binary;
using System.Text;

namespace Grid.Runner.Native;

/// <summary>
/// Finds, in a 64-bit little-endian ELF library, the entry that asks the system's libstdc++ for one symbol version, and tells whether
/// anything really needs it. Layout: "ELF-64 Object File Format" and the GNU symbol versioning sections.
/// </summary>
internal sealed class VersionNeed
{
    private const uint DynamicSymbols = 11, RelocationsWithAddend = 4, Relocations = 9, VersionSymbols = 0x6fffffff, VersionNeeds = 0x6ffffffe;
    private const ushort WeakFlag = 0x2;
    private readonly byte[] file;
    private readonly List<Section> sections = [];

    /// <exception cref="InvalidDataException">Not such a library.</exception>
    public VersionNeed(byte[] file)
    {
        this.file = file;
        if (file.Length < 64 || !file.AsSpan(0, 6).SequenceEqual(new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1 }))
            throw new InvalidDataException("This is no 64-bit little-endian ELF library.");
        var table = checked((int)U64(0x28));
        var size = U16(0x3a);
        for (var i = 0; i < U16(0x3c); i++)
        {
            var at = table + (i * size);
            sections.Add(new Section(U32(at + 4), checked((int)U64(at + 24)), checked((int)U64(at + 32)), (int)U32(at + 40)));
        }
    }

    /// <summary>Offset of the flags of the entry for that version; null when the library does not ask for it.</summary>
    public int? FlagsOf(string version) => Find(version)?.Flags;

    public bool IsWeak(int flags) => (U16(flags) & WeakFlag) != 0;

    public void MakeWeak(int flags) => BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(flags), (ushort)(U16(flags) | WeakFlag));

    /// <summary>The symbols that carry that version: index in the symbol table and name.</summary>
    public IEnumerable<(int Index, string Name)> SymbolsOf(string version)
    {
        if (Find(version) is not { } need || sections.FirstOrDefault(s => s.Type == VersionSymbols) is not { } versions)
            yield break;
        var symbols = sections.First(s => s.Type == DynamicSymbols);
        for (var i = 0; i < versions.Size / 2; i++)
            if ((U16(versions.Offset + (2 * i)) & 0x7fff) == need.Index)
                yield return (i, Text(symbols.Link, (int)U32(symbols.Offset + (24 * i))));
    }

    /// <summary>True when some place in the library would be filled with the address of a symbol of that version.</summary>
    public bool IsUsed(string version)
    {
        var carriers = SymbolsOf(version).Select(s => (ulong)s.Index).ToHashSet();
        foreach (var section in sections.Where(s => s.Type is Relocations or RelocationsWithAddend))
        {
            var entry = section.Type == Relocations ? 16 : 24;
            for (var at = section.Offset; at + entry <= section.Offset + section.Size; at += entry)
                if (carriers.Contains(U64(at + 8) >> 32))
                    return true;
        }

        return false;
    }

    private (int Flags, int Index)? Find(string version)
    {
        if (sections.FirstOrDefault(s => s.Type == VersionNeeds) is not { } needs)
            return null;
        for (var need = needs.Offset; ;)
        {
            var entry = need + (int)U32(need + 8);
            for (var i = U16(need + 2); i > 0; i--)
            {
                if (Text(needs.Link, (int)U32(entry + 8)) == version)
                    return (entry + 4, U16(entry + 6));
                entry += (int)U32(entry + 12);
            }

            var next = (int)U32(need + 12);
            if (next == 0)
                return null;
            need += next;
        }
    }

    private string Text(int table, int offset)
    {
        var text = file.AsSpan(sections[table].Offset + offset);
        return Encoding.ASCII.GetString(text[..text.IndexOf((byte)0)]);
    }

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));
    private uint U32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at));
    private ulong U64(int at) => BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));

    private sealed record Section(uint Type, int Offset, int Size, int Link);
}
