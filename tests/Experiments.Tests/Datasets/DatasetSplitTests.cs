using Grid.Experiments.Datasets;

namespace Grid.Experiments.Tests.Datasets;

public sealed class DatasetSplitTests
{
    private static readonly DatasetDefinition Definition = DatasetCatalog.Find("generated-digits")!;

    // One pixel per image, whose value is the image's number.
    private static readonly ImageSet Numbered =
        new([.. Enumerable.Range(0, 200).Select(i => (byte)i)], [.. Enumerable.Range(0, 200).Select(i => (byte)(i % 10))], 1, 1);

    [Fact]
    public void Every_training_image_lands_in_exactly_one_part_with_its_own_label()
    {
        var split = Split(50, null, 3);
        split.Train.Pixels.Concat(split.Validation.Pixels).Order().ShouldBe(Numbered.Pixels);
        split.Train.Labels.ShouldBe(split.Train.Pixels.Select(i => (byte)(i % 10)));
        split.Validation.Labels.ShouldBe(split.Validation.Pixels.Select(i => (byte)(i % 10)));
        split.Test.ShouldBeSameAs(Numbered);
    }

    [Fact]
    public void The_split_follows_the_seed_and_nothing_else()
    {
        Split(50, null, 3).Validation.Pixels.ShouldBe(Split(50, null, 3).Validation.Pixels);
        Split(50, null, 4).Validation.Pixels.ShouldNotBe(Split(50, null, 3).Validation.Pixels);
    }

    [Fact]
    public void Fewer_training_images_leave_the_validation_images_as_they_are()
    {
        Split(50, 20, 3).Validation.Pixels.ShouldBe(Split(50, null, 3).Validation.Pixels);
        Split(50, 20, 3).Train.Pixels.ShouldBe(Split(50, null, 3).Train.Pixels[..20]);
    }

    [Fact]
    public void The_permutation_of_a_seed_never_changes() =>
        Split(5, null, 1).Validation.Pixels.ShouldBe(new byte[] { 82, 9, 79, 87, 13 });

    [Theory]
    [InlineData(0, null, "0 images for validation; choose from 1 to 199")]
    [InlineData(200, null, "200 images for validation; choose from 1 to 199")]
    [InlineData(-1, null, "-1 images for validation")]
    [InlineData(50, 0, "0 images for training; choose from 1 to 150")]
    [InlineData(50, 151, "151 images for training; choose from 1 to 150")]
    public void Counts_that_do_not_fit_are_refused(int validation, int? train, string problem) =>
        Should.Throw<DatasetException>(() => Split(validation, train, 1)).Message.ShouldContain(problem);

    private static Dataset Split(int validation, int? train, long seed) =>
        DatasetSplit.Split(Definition, new(Definition.Name, Definition.ContentHash, train, validation, seed), Numbered, Numbered);
}
