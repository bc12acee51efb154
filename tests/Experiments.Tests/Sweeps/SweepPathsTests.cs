using Grid.Experiments.Datasets;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Tests;
using static Grid.Experiments.Tests.Sweeps.SweepBuilder;

namespace Grid.Experiments.Tests.Sweeps;

/// <summary>Every text of a sweep that becomes a path, at the place where it does, should all checks before it be passed by.</summary>
public sealed class SweepPathsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Escapes { get; } = ["../outside", "/outside", "..", ".", "a/../../outside", "..\\outside", "a\0b", "~/outside", "$HOME", ""];

    [Theory]
    [MemberData(nameof(Escapes))]
    public void The_folder_of_an_experiment_lies_in_the_home_folder(string name)
    {
        var home = HomeFolder.At(folder.File("home"));
        var experiments = Path.Combine(home.FullPath, "experiments");
        var id = ExperimentId.Of(Build([], []) with { Name = name });

        Path.GetFullPath(home.ReportFile(id)).ShouldStartWith(experiments + Path.DirectorySeparatorChar);
        Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(home.ReportFile(id)))).ShouldBe(experiments);
        Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(home.ModelsFolder(id)))).ShouldBe(experiments);
    }

    [Theory]
    [MemberData(nameof(Escapes))]
    public void A_dataset_is_found_by_a_name_of_the_catalog_alone(string name)
    {
        var store = new DatasetStore(new DatasetFolders(folder.File("data"), folder.File("cache")), DatasetCatalog.All, new HttpClient());

        Should.Throw<DatasetException>(() => store.Load(new DataSettings(name, "hash", null, 1, 1)));
        Should.Throw<DatasetException>(() => store.Locate(name));
        Directory.Exists(folder.File("cache")).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Escapes))]
    public void A_model_is_a_name_of_the_zoo_or_a_hash(string name)
    {
        Should.Throw<ArgumentException>(() => ModelZoo.Create(name, 1));
        Should.Throw<ArgumentException>(() => new FileArtifactStore(HomeFolder.At(folder.Path)).Quarantine(name));
    }

    public void Dispose() => folder.Dispose();
}
