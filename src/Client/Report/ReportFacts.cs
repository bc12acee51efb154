using System.Reflection;
using System.Runtime.InteropServices;
using Grid.Experiments.Datasets;
using Grid.Experiments.Sweeps;

namespace Grid.Client.Report;

/// <summary>What the report says of its circumstances beside the results.</summary>
/// <param name="Data">The dataset in words.</param>
/// <param name="DataIsGenerated">True when a program drew the images; the report says so beside the name.</param>
/// <param name="Machine">The machine that wrote the report.</param>
/// <param name="Traces">Where a trace can be looked at; null where nobody said.</param>
internal sealed record ReportFacts(string Data, bool DataIsGenerated, string Machine, DateTimeOffset WrittenAt, string Version, TraceLink? Traces = null)
{
    /// <summary>On this machine, now.</summary>
    /// <param name="environment">The user's variables.</param>
    /// <exception cref="UserException">One of them has no meaning.</exception>
    public static ReportFacts Of(Sweep sweep, IReadOnlyDictionary<string, string> environment)
    {
        var data = DatasetCatalog.Find(sweep.Data.Name);
        return new(
            data?.Description ?? "",
            data?.Generated == true,
            $"{RuntimeInformation.OSDescription} ({RuntimeInformation.OSArchitecture}), {Environment.ProcessorCount} processors",
            TimeProvider.System.GetUtcNow(),
            Assembly.GetExecutingAssembly().GetName().Version!.ToString(3),
            TraceLink.Read(environment));
    }
}
