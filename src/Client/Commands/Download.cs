using Grid.Client.Drawing;
using Grid.Experiments.Datasets;
using Spectre.Console;

namespace Grid.Client.Commands;

/// <summary>Fetches a dataset with a progress bar on a terminal, or a line per file elsewhere.</summary>
internal static class Download
{
    /// <exception cref="DatasetException">It cannot be had.</exception>
    public static async Task Fetch(DatasetStore store, string name, Invocation call)
    {
        if (DatasetCatalog.Find(name) is not { Generated: false } || store.Locate(name) is not null)
            return;
        if (!call.Live)
        {
            await store.FetchAsync(name, new Lines(call), call.Interrupted);
            return;
        }
        await call.Output.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new DownloadedColumn(), new RemainingTimeColumn())
            .StartAsync(progress => store.FetchAsync(name, new Bars(progress), call.Interrupted));
    }

    /// <summary>Called on the thread that downloads, in order.</summary>
    private sealed class Lines(Invocation call) : IProgress<DownloadProgress>
    {
        private string? last;

        public void Report(DownloadProgress value)
        {
            if (value.File != last)
                call.Say($"downloading {value.File}{(value.Total is { } total ? $", {Units.Text(total, "By")}" : "")}");
            last = value.File;
        }
    }

    private sealed class Bars(ProgressContext progress) : IProgress<DownloadProgress>
    {
        private readonly Dictionary<string, ProgressTask> tasks = [];

        public void Report(DownloadProgress value)
        {
            if (!tasks.TryGetValue(value.File, out var task))
                tasks[value.File] = task = progress.AddTask(Markup.Escape(value.File), maxValue: value.Total ?? double.MaxValue);
            task.Value = value.Bytes;
        }
    }
}
