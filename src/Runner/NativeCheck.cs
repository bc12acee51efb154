using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace Grid.Runner;

/// <summary>Loads the native libraries and computes a number with torch, to tell whether stages can run on this machine.</summary>
internal static class NativeCheck
{
    /// <summary>0 and one line about the versions on standard output, or 1 and the reason on standard error.</summary>
    public static int Run()
    {
        try
        {
            using var ones = torch.ones(3);
            var sum = ones.sum().ToSingle();
            if (sum != 3)
                throw new InvalidOperationException($"torch adds 1 + 1 + 1 up to {sum}.");
            Console.WriteLine($"libtorch {torch.__version__}, ONNX Runtime {OrtEnv.Instance().GetVersionString()}");
            return 0;
        }
        catch (Exception e)
        {
            Console.Error.WriteLine(e.GetBaseException().Message);
            return 1;
        }
    }
}
