using System.Runtime.InteropServices;
using System.Text;

namespace Grid.Runner.Native;

/// <summary>The C++ runtime library of this system, as the dynamic linker finds it.</summary>
internal static class SystemLibstdcxx
{
    private const string Library = "libstdc++.so.6";

    /// <summary>Whether it defines that symbol version; false when there is no such library.</summary>
    public static bool Provides(string version)
    {
        if (!NativeLibrary.TryLoad(Library, out _))
            return false;
        // The linker does not tell where it found a library, but the kernel tells what is mapped.
        var path = File.ReadLines("/proc/self/maps").Where(line => line.Contains('/' + Library)).Select(line => line[line.IndexOf('/')..]).FirstOrDefault();
        return path is not null && File.ReadAllBytes(path).AsSpan().IndexOf(Encoding.ASCII.GetBytes($"\0{version}\0")) >= 0;
    }
}
