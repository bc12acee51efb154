using Grid.Experiments.Stages;

namespace Grid.Experiments.Running;

/// <summary>The files an order names, checked before they are read.</summary>
public static class OrderInputs
{
    /// <exception cref="DamagedInputException">A model that an earlier stage made is missing or differs from its hash.</exception>
    /// <exception cref="StageException">The same of the user's own file, which no stage can make again.</exception>
    public static void Check(StageOrder order)
    {
        Check(order.Kind, order.InputPath, order.InputSha256);
        Check(order.Kind, order.ReferencePath, order.ReferenceSha256);
    }

    private static void Check(StageKind kind, string? path, string? sha256)
    {
        if (path is null || sha256 is null || Problem(path, sha256) is not { } problem)
            return;
        if (kind == StageKind.Source)
            throw new StageException($"The model {path} {problem}. Submit the sweep again to use the file as it is now, or restore it.");
        throw new DamagedInputException($"The model {path} {problem}.", sha256);
    }

    private static string? Problem(string path, string sha256)
    {
        try
        {
            var found = Sha256Text.OfFile(path);
            return found == sha256 ? null : $"is not the one that was asked for: its SHA-256 is {found} instead of {sha256}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read: {e.Message}";
        }
    }
}
