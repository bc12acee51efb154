using Grid.Experiments.Datasets;

namespace Grid.Experiments.Tests.Datasets;

public sealed class DatasetDownloadTests : IDisposable
{
    private readonly TemporaryData data = new();

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task What_is_nowhere_is_fetched_into_the_cache_once()
    {
        data.Server = Serve;
        var progress = new Progress();
        await data.Store.FetchAsync("small", progress);
        data.Store.Load(data.Settings).Train.Count.ShouldBe(30);
        data.Asked.Count.ShouldBe(4);
        progress.Reports.Select(r => r.File).Distinct()
            .ShouldBe(["train-images.gz", "train-labels.gz", "test-images.gz", "test-labels.gz"]);
        progress.Reports.ShouldAllBe(r => r.Bytes == r.Total);
        Cached().ShouldBe(["test-images.gz", "test-labels.gz", "train-images.gz", "train-labels.gz"]);
    }

    [Fact]
    public void Loading_fetches_only_the_files_that_are_missing()
    {
        data.PlaceAll(data.Folders.CacheOf(data.Small), packed: true);
        File.Delete(Path.Combine(data.Folders.CacheOf(data.Small), "train-labels.gz"));
        data.Server = Serve;
        data.Store.Load(data.Settings).Test.Count.ShouldBe(12);
        data.Asked.ShouldBe([new Uri("https://first.example/train-labels.gz")]);
    }

    [Fact]
    public async Task The_second_mirror_is_asked_when_the_first_gives_other_bytes()
    {
        data.Server = address => address.Host == "first.example" ? new ByteArrayContent([1, 2, 3]) : Serve(address);
        await data.Store.FetchAsync("small");
        data.Asked.Count.ShouldBe(8);
        data.Store.Locate("small").ShouldBe(data.Folders.CacheOf(data.Small));
    }

    [Fact]
    public async Task Wrong_bytes_from_every_mirror_leave_nothing_behind()
    {
        data.Server = _ => new ByteArrayContent([1, 2, 3]);
        var problem = (await Should.ThrowAsync<DatasetException>(() => data.Store.FetchAsync("small"))).Message;
        problem.ShouldContain("https://first.example/train-images.gz: what came is not that file (SHA-256 ");
        problem.ShouldContain("https://second.example/train-images.gz: what came is not that file (SHA-256 ");
        Cached().ShouldBeEmpty();
    }

    [Fact]
    public void Without_a_network_the_message_names_the_folders_to_fill()
    {
        data.Server = _ => throw new HttpRequestException("Name or service not known");
        var problem = Should.Throw<DatasetException>(() => data.Store.Load(data.Settings)).Message;
        problem.ShouldStartWith("small is not on this machine and cannot be fetched: train-images.gz could not be downloaded");
        problem.ShouldContain("Name or service not known");
        problem.ShouldContain($"into {data.Folders.CacheOf(data.Small)}");
        problem.ShouldContain($"GRID_DATA names ({data.Folders.Data})");
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_is_an_explained_error()
    {
        File.WriteAllText(data.Folders.Cache, "a file where the folder should be");
        data.Server = Serve;
        (await Should.ThrowAsync<DatasetException>(() => data.Store.FetchAsync("small"))).Message.ShouldContain(data.Folders.Cache);
    }

    [Fact]
    public async Task A_cancelled_download_ends_as_cancelled_and_leaves_nothing_behind()
    {
        using var source = new CancellationTokenSource();
        data.Server = address =>
        {
            source.Cancel();
            return Serve(address);
        };
        await Should.ThrowAsync<OperationCanceledException>(() => data.Store.FetchAsync("small", cancellation: source.Token));
        Cached().ShouldBeEmpty();
    }

    private ByteArrayContent Serve(Uri address) =>
        new(data.Packed(data.Small.Files!.All.Single(file => file.PackedName == Path.GetFileName(address.LocalPath))));

    private IEnumerable<string?> Cached() =>
        Directory.EnumerateFiles(data.Folders.CacheOf(data.Small)).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private sealed class Progress : IProgress<DownloadProgress>
    {
        public List<DownloadProgress> Reports { get; } = [];

        public void Report(DownloadProgress value) => Reports.Add(value);
    }
}
