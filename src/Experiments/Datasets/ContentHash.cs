using System.Security.Cryptography;

namespace Grid.Experiments.Datasets;

/// <summary>The identity of a dataset's content, whatever packs it.</summary>
public static class ContentHash
{
    /// <summary>As <see cref="DatasetDefinition.ContentHash"/> defines it.</summary>
    public static string Of(ImageSet train, ImageSet test)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var set in (ReadOnlySpan<ImageSet>)[train, test])
        {
            hash.AppendData(set.Pixels);
            hash.AppendData(set.Labels);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
