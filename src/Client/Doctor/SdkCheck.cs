using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Grid.Client.Doctor;

/// <summary>Which .NET runs this program, and whether there is an SDK to build Grid with.</summary>
internal static class SdkCheck
{
    private const string Name = ".NET";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <param name="program">The host of .NET, where its SDKs are asked for.</param>
    public static async Task<Check> Run(string program, CancellationToken cancellation)
    {
        var runs = RuntimeInformation.FrameworkDescription;
        var needed = Environment.Version.Major;
        var sdks = await Sdks(program, cancellation);
        return sdks.Count == 0
            ? Check.Ok(Name, $"{runs} runs this; no SDK, which only building Grid takes")
            : sdks.Any(sdk => Version.TryParse(sdk.Split('-')[0], out var version) && version.Major >= needed)
                ? Check.Ok(Name, $"{runs} runs this; SDK {string.Join(", ", sdks)}")
                : Check.Warning(Name, $"{runs} runs this; SDK {string.Join(", ", sdks)}", $"Grid is built with the SDK {needed}: install it from https://dotnet.microsoft.com/download.");
    }

    /// <summary>None where there is no such program, or it does not answer.</summary>
    private static async Task<IReadOnlyList<string>> Sdks(string program, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, "--list-sdks") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0])];
        }
        catch (Exception e) when (e is Win32Exception || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return [];
        }
    }
}
