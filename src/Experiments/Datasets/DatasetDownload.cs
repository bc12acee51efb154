using System.Net.Sockets;
using System.Security.Cryptography;

namespace Grid.Experiments.Datasets;

/// <param name="File">Name of the file being fetched.</param>
/// <param name="Bytes">Bytes of it here so far.</param>
/// <param name="Total">Bytes it has; null when the server does not say.</param>
public sealed record DownloadProgress(string File, long Bytes, long? Total);

/// <summary>Fetches a dataset's packed files; none appears under its name before it is whole and its checksum right.</summary>
public sealed class DatasetDownload(HttpClient http)
{
    // No file of the MNIST family is half as large; a server that sends without end is cut off.
    private const long LongestFile = 64L << 20;
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    /// <summary>Fetches those files from the first mirror that has each.</summary>
    /// <exception cref="DatasetException">No mirror gave a file; the message holds what each answered.</exception>
    public async Task FetchAsync(
        IReadOnlyList<DatasetFile> wanted, IReadOnlyList<Uri> mirrors, string folder,
        IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        foreach (var file in wanted)
            await FetchAsync(file, mirrors, folder, progress, cancellation).ConfigureAwait(false);
    }

    private async Task FetchAsync(
        DatasetFile file, IReadOnlyList<Uri> mirrors, string folder,
        IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        var failures = new List<string>();
        foreach (var mirror in mirrors)
        {
            var address = new Uri(mirror, file.PackedName);
            try
            {
                await FetchAsync(file, address, folder, progress, cancellation).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (e is HttpRequestException or InvalidDataException or HttpIOException or { InnerException: SocketException })
            {
                failures.Add($"{address}: {e.Message}");
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                failures.Add($"{address}: no answer for {LongestSilence.TotalSeconds:0} s");
            }
        }
        throw new DatasetException($"{file.PackedName} could not be downloaded ({string.Join("; ", failures)}).");
    }

    private async Task FetchAsync(
        DatasetFile file, Uri address, string folder, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silence.CancelAfter(LongestSilence);
        using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, silence.Token).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        var part = Path.Combine(folder, $"{file.PackedName}.{Guid.NewGuid():N}.part");
        try
        {
            await CopyAsync(file, response.Content, part, progress, silence).ConfigureAwait(false);
            File.Move(part, Path.Combine(folder, file.PackedName), overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static async Task CopyAsync(
        DatasetFile file, HttpContent content, string part, IProgress<DownloadProgress>? progress, CancellationTokenSource silence)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var source = await content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
        using var target = new FileStream(part, FileMode.CreateNew);
        var buffer = new byte[1 << 16];
        int read;
        while ((read = await source.ReadAsync(buffer, silence.Token).ConfigureAwait(false)) > 0)
        {
            silence.CancelAfter(LongestSilence);
            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), silence.Token).ConfigureAwait(false);
            if (target.Length > LongestFile)
                throw new InvalidDataException($"more than {LongestFile >> 20} MiB came, which is not that file");
            progress?.Report(new(file.PackedName, target.Length, content.Headers.ContentLength));
        }
        var found = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (found != file.PackedSha256)
            throw new InvalidDataException($"what came is not that file (SHA-256 {found}, expected {file.PackedSha256})");
        target.Flush(flushToDisk: true);
    }
}
