namespace Grid.Architecture.Tests;

public sealed class NativeLibrariesTests
{
    [Fact]
    public void The_runner_s_folder_alone_holds_libtorch()
    {
        Outputs.Folders.Count.ShouldBeGreaterThan(5);

        Outputs.Folders.Where(f => Directory.EnumerateFiles(f.Value, "*", SearchOption.AllDirectories).Any(IsLibtorch))
            .Select(f => f.Key).ShouldBe(["Runner"]);
    }

    private static bool IsLibtorch(string file) => Path.GetFileNameWithoutExtension(file) is "libtorch_cpu" or "torch_cpu" or "libLibTorchSharp" or "LibTorchSharp";
}
