using System.Diagnostics;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;
using Grid.Tests;

namespace Grid.Experiments.Tests.Models;

public sealed class ReferenceCheckerTests
{
    [Fact]
    public void Everything_written_passes_the_reference_checker()
    {
        using var folder = new TemporaryFolder();
        var models = ModelZoo.Names.Select(n => ModelZoo.Create(n, 1)).Append(SampleModels.EveryOperator()).ToList();
        for (var i = 0; i < models.Count; i++)
            OnnxFile.Write(models[i], folder.File($"{i}.onnx"));

        OnnxReference.Check(Directory.GetFiles(folder.Path, "*.onnx"));
    }
}

/// <summary>The checker of the ONNX project, from Debian's python3-onnx.</summary>
internal static class OnnxReference
{
    private const string Script = """
        import sys, onnx
        for path in sys.argv[1:]:
            model = onnx.load(path)
            onnx.checker.check_model(model, full_check=True)
        print("checked", len(sys.argv) - 1)
        """;

    public static void Check(params string[] files)
    {
        // Debian's own interpreter, which alone sees Debian's modules.
        const string python = "/usr/bin/python3";
        if (!File.Exists(python) || Run(python, "-c", "import onnx").ExitCode != 0)
        {
            const string missing = "Missing: python3-onnx (apt-get install python3-onnx), the reference checker.";
            Environment.GetEnvironmentVariable("CI").ShouldNotBe("true", missing);
            Assert.Skip(missing);
        }

        var (exitCode, output) = Run(python, ["-c", Script, .. files]);
        output.ShouldContain($"checked {files.Length}");
        exitCode.ShouldBe(0);
    }

    private static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
