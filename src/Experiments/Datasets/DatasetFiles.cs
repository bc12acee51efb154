namespace Grid.Experiments.Datasets;

/// <summary>The four idx files of a dataset and where they can be had.</summary>
/// <param name="Mirrors">Addresses of folders that hold the packed files, tried in order; each ends with a slash.</param>
public sealed record DatasetFiles(
    DatasetFile TrainImages, DatasetFile TrainLabels, DatasetFile TestImages, DatasetFile TestLabels, IReadOnlyList<Uri> Mirrors)
{
    public IReadOnlyList<DatasetFile> All => [TrainImages, TrainLabels, TestImages, TestLabels];
}

/// <summary>One idx file.</summary>
/// <param name="Name">Without ".gz".</param>
/// <param name="PackedSha256">Of the original .gz file; checked after a download.</param>
/// <param name="Sha256">Of the unpacked file; decides wherever the file was found, so that a repacked copy is as good as the original.</param>
public sealed record DatasetFile(string Name, string PackedSha256, string Sha256)
{
    public string PackedName => Name + ".gz";
}
