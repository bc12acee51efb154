using TorchSharp;

namespace Grid.Experiments.Tests.Models;

public sealed class NativeLibrariesTests
{
    [Fact]
    public void TorchSharp_loads_on_this_system()
    {
        using var tensor = torch.ones(2);

        tensor.sum().item<float>().ShouldBe(2);
    }

    [Fact]
    public void Onnx_runtime_loads_on_this_system() => Microsoft.ML.OnnxRuntime.OrtEnv.Instance().GetVersionString().ShouldStartWith("1.");
}
