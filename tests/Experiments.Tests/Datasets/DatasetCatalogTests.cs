using Grid.Experiments.Datasets;
using Grid.Experiments.Datasets.Idx;

namespace Grid.Experiments.Tests.Datasets;

public sealed class DatasetCatalogTests
{
    [Fact]
    public void Names_and_content_hashes_are_unique()
    {
        DatasetCatalog.All.Select(d => d.Name).ShouldBe(["generated-digits", "mnist", "fashion-mnist"]);
        DatasetCatalog.All.Select(d => d.ContentHash).Distinct().Count().ShouldBe(3);
        DatasetCatalog.Find("imagenet").ShouldBeNull();
    }

    [Fact]
    public void Mirrors_are_encrypted_and_end_with_a_slash() =>
        DatasetCatalog.All.SelectMany(d => d.Files?.Mirrors ?? []).ShouldAllBe(m => m.Scheme == "https" && m.AbsolutePath.EndsWith('/'));

    [Theory]
    [InlineData("mnist")]
    [InlineData("fashion-mnist")]
    public void The_real_files_have_the_pinned_content(string name)
    {
        var store = DatasetStore.FromEnvironment();
        Assert.SkipUnless(store.Locate(name) is not null, $"{name} is not on this machine; set GRID_DATA.");
        var definition = DatasetCatalog.Find(name)!;
        var dataset = store.Load(new(name, definition.ContentHash, null, 1, 0));
        dataset.Train.Count.ShouldBe(59_999);
        dataset.Test.Count.ShouldBe(10_000);

        // The test labels are balanced in Fashion-MNIST and begin with 7, 2, 1, 0, 4 in MNIST.
        if (name == "mnist")
            dataset.Test.Labels[..5].ShouldBe(new byte[] { 7, 2, 1, 0, 4 });
        else
            dataset.Test.Labels.CountBy(l => l).ShouldAllBe(group => group.Value == 1_000);
        RecomputedHash(store, definition).ShouldBe(definition.ContentHash);
    }

    private static string RecomputedHash(DatasetStore store, DatasetDefinition definition)
    {
        var folder = store.Locate(definition.Name)!;
        var files = definition.Files!;
        ImageSet Read(DatasetFile images, DatasetFile labels, int count) => new(
            IdxReader.Read(
                DatasetFolders.PathOf(folder, images)!, IdxShape.Images(count, definition.Rows, definition.Columns)).Body,
            IdxReader.Read(DatasetFolders.PathOf(folder, labels)!, IdxShape.Labels(count)).Body,
            definition.Rows,
            definition.Columns);
        return ContentHash.Of(
            Read(files.TrainImages, files.TrainLabels, definition.TrainCount),
            Read(files.TestImages, files.TestLabels, definition.TestCount));
    }
}
