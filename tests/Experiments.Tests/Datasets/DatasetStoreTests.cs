using System.IO.Compression;
using Grid.Experiments.Datasets;

namespace Grid.Experiments.Tests.Datasets;

public sealed class DatasetStoreTests : IDisposable
{
    private readonly TemporaryData data = new();

    public void Dispose() => data.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Files_in_the_users_folder_are_read_packed_or_not(bool packed)
    {
        data.PlaceAll(data.DataFolder, packed);
        var dataset = data.Store.Load(data.Settings);
        (dataset.Train.Count, dataset.Validation.Count, dataset.Test.Count).ShouldBe((30, 10, 12));
        data.Asked.ShouldBeEmpty();
        data.Store.Locate("small").ShouldBe(data.DataFolder);
    }

    [Fact]
    public void Files_in_the_cache_are_read_when_the_users_folder_has_none()
    {
        var cache = data.Folders.CacheOf(data.Small);
        data.PlaceAll(cache, packed: true);
        data.Store.Load(data.Settings).Test.Pixels.ShouldBe(data.Unpacked(data.Small.Files!.TestImages)[16..]);
        data.Store.Locate("small").ShouldBe(cache);
    }

    [Fact]
    public void A_file_packed_anew_is_as_good_as_the_original()
    {
        data.PlaceAll(data.DataFolder, packed: true);
        var file = data.Small.Files!.TrainImages;
        var repacked = TemporaryData.Pack(data.Unpacked(file), CompressionLevel.NoCompression);
        File.WriteAllBytes(Path.Combine(data.DataFolder, file.PackedName), repacked);
        repacked.ShouldNotBe(data.Packed(file));
        data.Store.Load(data.Settings).Train.Count.ShouldBe(30);
    }

    [Fact]
    public void One_changed_pixel_is_noticed()
    {
        data.PlaceAll(data.DataFolder, packed: false);
        var changed = data.Unpacked(data.Small.Files!.TrainImages).ToArray();
        changed[^1] ^= 1;
        var path = Path.Combine(data.DataFolder, "train-images");
        File.WriteAllBytes(path, changed);
        Problem().ShouldStartWith($"{path} cannot be used: its content was changed (SHA-256 unpacked ");
        Problem().ShouldEndWith("Replace it with the original train-images.gz.");
    }

    [Fact]
    public void A_damaged_file_of_the_cache_may_be_deleted()
    {
        var cache = data.Folders.CacheOf(data.Small);
        data.PlaceAll(cache, packed: true);
        var path = Path.Combine(cache, "test-labels.gz");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^4]);
        Problem().ShouldBe($"{path} cannot be used: its gzip data is damaged or cut off. "
            + "Replace it with the original test-labels.gz, or delete it to have it downloaded again.");
    }

    [Fact]
    public void A_file_of_another_dataset_is_named_by_its_owner()
    {
        data.PlaceAll(data.DataFolder, packed: true);
        File.WriteAllBytes(Path.Combine(data.DataFolder, "train-labels.gz"), data.Packed(data.Other.Files!.TrainLabels));
        Problem().ShouldContain("train-labels.gz cannot be used: it belongs to other, whose train-labels it is.");
    }

    [Fact]
    public void Labels_where_images_belong_are_named()
    {
        data.PlaceAll(data.DataFolder, packed: true);
        File.Copy(
            Path.Combine(data.DataFolder, "test-labels.gz"), Path.Combine(data.DataFolder, "test-images.gz"), overwrite: true);
        Problem().ShouldContain("test-images.gz cannot be used: it holds labels where images are expected.");
    }

    [Fact]
    public void Fewer_labels_than_images_are_named()
    {
        data.PlaceAll(data.DataFolder, packed: true);
        File.Copy(
            Path.Combine(data.DataFolder, "test-labels.gz"), Path.Combine(data.DataFolder, "train-labels.gz"), overwrite: true);
        Problem().ShouldContain("train-labels.gz cannot be used: it declares 12 labels; expected 40.");
    }

    [Fact]
    public void A_label_out_of_range_is_named()
    {
        data.PlaceAll(data.DataFolder, packed: false);
        var changed = data.Unpacked(data.Small.Files!.TrainLabels).ToArray();
        changed[8 + 25] = 10;
        File.WriteAllBytes(Path.Combine(data.DataFolder, "train-labels"), changed);
        Problem().ShouldContain("train-labels cannot be used: label 10 of image 25 is not one of 0 to 9.");
    }

    [Fact]
    public void A_folder_with_some_of_the_files_says_which_are_missing()
    {
        data.PlaceAll(data.DataFolder, packed: true);
        File.Delete(Path.Combine(data.DataFolder, "test-images.gz"));
        Problem().ShouldStartWith($"{data.DataFolder} lacks test-images.gz");
    }

    [Fact]
    public void Verifying_finds_the_damage_that_loading_would()
    {
        data.Store.Verify("small");
        data.PlaceAll(data.DataFolder, packed: true);
        data.Store.Verify("small");
        var path = Path.Combine(data.DataFolder, "test-images.gz");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^20]);

        Should.Throw<DatasetException>(() => data.Store.Verify("small")).Message.ShouldBe(Problem());
        data.Asked.ShouldBeEmpty();
    }

    [Fact]
    public void An_unknown_name_lists_the_known_ones() =>
        Should.Throw<DatasetException>(() => data.Store.Load(data.Settings with { Name = "mnits" }))
            .Message.ShouldBe("There is no dataset 'mnits'; choose one of small, other.");

    [Fact]
    public void Settings_for_other_content_are_refused() =>
        Should.Throw<DatasetException>(() => data.Store.Load(data.Settings with { ContentHash = data.Other.ContentHash }))
            .Message.ShouldContain("was asked for with content");

    [Fact]
    public void Generated_digits_need_no_files_and_say_that_they_are_generated()
    {
        var store = new DatasetStore(data.Folders, DatasetCatalog.All, new HttpClient(data));
        var definition = DatasetCatalog.Find("generated-digits")!;
        var dataset = store.Load(new(definition.Name, definition.ContentHash, 500, 200, 1));
        dataset.Generated.ShouldBeTrue();
        definition.Description.ShouldContain("generated");
        (dataset.Train.Count, dataset.Validation.Count, dataset.Test.Count).ShouldBe((500, 200, 2_000));
        store.Locate(definition.Name).ShouldBeNull();
        data.Asked.ShouldBeEmpty();
    }

    private string Problem() => Should.Throw<DatasetException>(() => data.Store.Load(data.Settings)).Message;
}
