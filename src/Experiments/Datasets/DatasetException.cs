namespace Grid.Experiments.Datasets;

/// <summary>Data is missing, damaged or not what its name says; the message names the file and says what to do.</summary>
public sealed class DatasetException(string message, Exception? inner = null) : Exception(message, inner);
