namespace Grid.Client.Json;

/// <summary>The answer of <c>data</c>.</summary>
internal sealed record DataDocument(IReadOnlyList<DatasetDocument> Datasets);

/// <param name="Folder">Where its files lie; null when it has none or they are not on this machine.</param>
/// <param name="Train">Images of the training files, from which validation is split off.</param>
/// <param name="Problem">Why the files that are there cannot be used; null otherwise.</param>
internal sealed record DatasetDocument(
    string Name, bool Generated, string? Folder, int Train, int Test, int Classes, string Description, string? Problem);
