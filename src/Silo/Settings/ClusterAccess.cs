using Grid.Silo.Security;

namespace Grid.Silo.Settings;

/// <summary>What silos and clients must know alike to be of one cluster.</summary>
/// <param name="Store">Connection string of PostgreSQL. Holds a password: never to be logged.</param>
/// <param name="Id">Tells clusters apart that share a database.</param>
/// <param name="ArtifactsFolder">The folder of models that all share; null when the store keeps them.</param>
/// <param name="Tls">Null for no TLS.</param>
public sealed record ClusterAccess(string Store, string Id = "grid", string? ArtifactsFolder = null, TlsFiles? Tls = null)
{
    /// <summary>The settings it is read from.</summary>
    public static IReadOnlyList<SiloSetting> Settings { get; } =
    [
        SiloSetting.Store, SiloSetting.StoreFile, SiloSetting.ClusterId, SiloSetting.Artifacts,
        SiloSetting.TlsCertificate, SiloSetting.TlsKey, SiloSetting.TlsCa,
    ];

    /// <summary>Says nothing of the store.</summary>
    public override string ToString() => $"cluster {Id}";

    /// <summary>Errors are added to those of the values.</summary>
    public static ClusterAccess Read(SettingValues values)
    {
        var artifacts = values.Text(SiloSetting.Artifacts, "postgres");
        return new ClusterAccess(
            ReadStore(values),
            values.Word(SiloSetting.ClusterId, "grid"),
            artifacts == "postgres" ? null : Path.GetFullPath(artifacts),
            ReadTls(values));
    }

    private static string ReadStore(SettingValues values)
    {
        if (values.Text(SiloSetting.Store) is { } connection)
            return connection;
        if (values.Text(SiloSetting.StoreFile) is not { } file)
        {
            values.Errors.Add($"There is no store: set {SiloSetting.Store.Variable} to \"Host=...;Database=grid;Username=...\", or {SiloSetting.StoreFile.Variable} to a file that holds it.");
            return "";
        }
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            values.Errors.Add($"{SiloSetting.StoreFile.Variable} cannot be read: {e.Message}");
            return "";
        }
    }

    private static TlsFiles? ReadTls(SettingValues values)
    {
        try
        {
            return TlsFiles.From(values.Text(SiloSetting.TlsCertificate), values.Text(SiloSetting.TlsKey), values.Text(SiloSetting.TlsCa));
        }
        catch (TlsFilesException e)
        {
            values.Errors.Add(e.Message);
            return null;
        }
    }
}
