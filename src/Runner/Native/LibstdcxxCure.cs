using System.Runtime.InteropServices;

namespace Grid.Runner.Native;

/// <summary>
/// Lets TorchSharp's native library load on systems whose libstdc++ is older than GCC 13's, Debian 12 among them. The library asks for
/// the symbol version GLIBCXX_3.4.32 although the one symbol that carries it, a marker left behind by including iostream, is never
/// used. Marking that need as weak turns the refusal to load into nothing. One bit changes.
/// </summary>
internal static class LibstdcxxCure
{
    private const string Library = "libLibTorchSharp.so";
    private const string Version = "GLIBCXX_3.4.32";
    private const string Marker = "_ZSt21ios_base_library_initv";

    /// <summary>
    /// Cures the copy of the library in an output folder. The file is replaced, never written in place: it may be a hard link into the
    /// package cache. Its time stays, so that an incremental build does not copy the uncured one over it. A folder made on a newer system
    /// and moved to an older one is cured there.
    /// </summary>
    /// <param name="systemProvides">Whether the system's libstdc++ has a symbol version; then there is nothing to cure.</param>
    /// <returns>What was done, for people.</returns>
    /// <exception cref="InvalidDataException">The library really uses that version, so the cure would be wrong.</exception>
    public static string Apply(string folder, Func<string, bool> systemProvides)
    {
        var path = Path.Combine(folder, Library);
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64 || !File.Exists(path))
            return $"no {Library} for this platform in {folder}: nothing to do";
        var bytes = File.ReadAllBytes(path);
        var need = new VersionNeed(bytes);
        if (need.FlagsOf(Version) is not { } flags)
            return $"{Library} does not ask for {Version}: nothing to do";
        if (need.IsWeak(flags))
            return $"{Library}: its need for {Version} is weak already";
        if (systemProvides(Version))
            return $"{Library}: this system's libstdc++ has {Version}: nothing to do";
        if (!need.SymbolsOf(Version).Select(s => s.Name).SequenceEqual([Marker]) || need.IsUsed(Version))
            throw new InvalidDataException($"{path} really uses {Version}; it needs a system with GCC 13's libstdc++ or newer.");
        need.MakeWeak(flags);
        var time = File.GetLastWriteTimeUtc(path);
        var cured = path + ".cured";
        File.WriteAllBytes(cured, bytes);
        File.SetLastWriteTimeUtc(cured, time);
        File.Move(cured, path, overwrite: true);
        return $"{Library}: marked its unused need for {Version} as weak, so that it loads with an older libstdc++";
    }
}
