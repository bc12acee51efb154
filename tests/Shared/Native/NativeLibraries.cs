using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grid.Tests;

/// <summary>
/// Loads libtorch and ONNX Runtime from the runner's output folder, the only one that holds their 600 MB. Once libtorch is in
/// the process, TorchSharp's own look-up finds it; ONNX Runtime's is told where to look.
/// </summary>
internal static class NativeLibraries
{
    /// <summary>Where the runner of this configuration was built.</summary>
    public static string Folder { get; } =
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Runner", new DirectoryInfo(AppContext.BaseDirectory).Name));

    [ModuleInitializer]
    internal static void Load()
    {
        foreach (var name in new[] { "libc10.so", "libtorch_cpu.so", "libtorch.so", "libLibTorchSharp.so" })
            if (Path.Combine(Folder, name) is var path && File.Exists(path))
                NativeLibrary.Load(path);
        NativeLibrary.SetDllImportResolver(
            typeof(Microsoft.ML.OnnxRuntime.OrtEnv).Assembly,
            (_, _, _) => NativeLibrary.Load(Path.Combine(Folder, "libonnxruntime.so")));
    }
}
