namespace Grid.Experiments.Datasets;

/// <summary>A dataset Grid knows by name: what it holds and which bytes it is, known without reading a file.</summary>
public sealed record DatasetDefinition
{
    public required string Name { get; init; }

    /// <summary>True when a program draws the images; then there are no files.</summary>
    public required bool Generated { get; init; }

    /// <summary>
    /// SHA-256 in lower-case hexadecimal over training pixels, training labels, test pixels and test labels, in this order, one byte
    /// each and without file headers: the data itself, whatever packs it.
    /// </summary>
    public required string ContentHash { get; init; }

    /// <summary>Images of the training files, validation included.</summary>
    public required int TrainCount { get; init; }

    public required int TestCount { get; init; }

    /// <summary>Number of classes; labels run from 0 to Classes - 1.</summary>
    public required int Classes { get; init; }

    public required int Rows { get; init; }
    public required int Columns { get; init; }

    /// <summary>One line for people.</summary>
    public required string Description { get; init; }

    /// <summary>Images held out for validation when a sweep file does not say.</summary>
    public required int DefaultValidation { get; init; }

    /// <summary>Null for generated data.</summary>
    public DatasetFiles? Files { get; init; }
}
