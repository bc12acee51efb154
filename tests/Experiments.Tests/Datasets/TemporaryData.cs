using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using Grid.Experiments.Datasets;
using Grid.Experiments.Datasets.Idx;
using Grid.Tests;

namespace Grid.Experiments.Tests.Datasets;

/// <summary>A fresh folder with a user's data folder and a cache in it, small datasets to put there, and a server that may have them.</summary>
internal sealed class TemporaryData : HttpMessageHandler
{
    public const int TrainCount = 40;
    public const int TestCount = 12;
    private readonly TemporaryFolder root = new();
    private readonly Dictionary<string, byte[]> contents = [];

    public TemporaryData()
    {
        Small = Define("small", 1);
        Other = Define("other", 2);
        Store = new(Folders, [Small, Other], new HttpClient(this));
    }

    public DatasetDefinition Small { get; }
    public DatasetDefinition Other { get; }
    public DatasetStore Store { get; }
    public DatasetFolders Folders => new(root.File("data"), root.File("cache"));
    public string DataFolder => Directory.CreateDirectory(Path.Combine(Folders.Data!, Small.Name)).FullName;

    /// <summary>What the server answers; not found unless a test sets it.</summary>
    public Func<Uri, HttpContent?> Server { get; set; } = _ => null;
    public List<Uri> Asked { get; } = [];

    public DataSettings Settings => new(Small.Name, Small.ContentHash, TrainCount: null, ValidationCount: 10, SplitSeed: 7);

    public byte[] Unpacked(DatasetFile file) => contents[file.Sha256];

    public byte[] Packed(DatasetFile file) => Pack(Unpacked(file));

    public void PlaceAll(string folder, bool packed)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Small.Files!.All)
            File.WriteAllBytes(
                Path.Combine(folder, packed ? file.PackedName : file.Name),
                packed ? Packed(file) : Unpacked(file));
    }

    public static byte[] Pack(byte[] content, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level))
            gzip.Write(content);
        return packed.ToArray();
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked.Add(request.RequestUri!);
        var content = Server(request.RequestUri!);
        return Task.FromResult(new HttpResponseMessage(content is null ? HttpStatusCode.NotFound : HttpStatusCode.OK) { Content = content });
    }

    protected override void Dispose(bool disposing)
    {
        root.Dispose();
        base.Dispose(disposing);
    }

    private DatasetDefinition Define(string name, int seed)
    {
        var train = RandomImages(TrainCount, seed);
        var test = RandomImages(TestCount, seed + 100);
        return new()
        {
            Name = name,
            Generated = false,
            ContentHash = ContentHash.Of(train, test),
            TrainCount = TrainCount,
            TestCount = TestCount,
            Classes = 10,
            Rows = 4,
            Columns = 3,
            Description = "random pixels",
            DefaultValidation = 10,
            Files = new(
                Add("train-images", IdxShape.Images(TrainCount, 4, 3), train.Pixels),
                Add("train-labels", IdxShape.Labels(TrainCount), train.Labels),
                Add("test-images", IdxShape.Images(TestCount, 4, 3), test.Pixels),
                Add("test-labels", IdxShape.Labels(TestCount), test.Labels),
                [new("https://first.example/"), new("https://second.example/")]),
        };
    }

    private static ImageSet RandomImages(int count, int seed)
    {
        var random = new Random(seed);
        var pixels = new byte[count * 12];
        random.NextBytes(pixels);
        return new(pixels, [.. Enumerable.Range(0, count).Select(_ => (byte)random.Next(10))], 4, 3);
    }

    private DatasetFile Add(string name, IdxShape shape, byte[] body)
    {
        byte[] content = [.. shape.Header(), .. body];
        var file = new DatasetFile(name, Sha256(Pack(content)), Sha256(content));
        contents[file.Sha256] = content;
        return file;
    }

    private static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
