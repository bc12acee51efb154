using Grid.Experiments.Store;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;

namespace Grid.Silo.Hosting;

/// <summary>The log of a home folder: a file a day, the last seven kept. The console belongs to the user.</summary>
internal static class FileLog
{
    private const long LargestFile = 16 * 1024 * 1024;

    public static void AddFileLog(this ILoggingBuilder logging, HomeFolder home)
    {
        logging.ClearProviders();
        logging.Services.AddSerilog(log => log
            .MinimumLevel.Information()
            .MinimumLevel.Override("Orleans", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Polly", LogEventLevel.Warning)
            .WriteTo.File(
                Path.Combine(home.LogsFolder, "grid-.log"),
                formatProvider: System.Globalization.CultureInfo.InvariantCulture,
                rollingInterval: RollingInterval.Day,
                rollOnFileSizeLimit: true,
                fileSizeLimitBytes: LargestFile,
                retainedFileCountLimit: 7));
    }
}
