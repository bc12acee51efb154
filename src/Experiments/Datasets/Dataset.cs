namespace Grid.Experiments.Datasets;

/// <summary>Data split for a sweep: train on one part, choose on the second, report the third once.</summary>
/// <param name="Generated">True when the images were drawn by a program; every place that names the data says so.</param>
/// <param name="Classes">Number of classes; labels run from 0 to Classes - 1.</param>
public sealed record Dataset(string Name, bool Generated, int Classes, ImageSet Train, ImageSet Validation, ImageSet Test);
