using System.Security.Cryptography.X509Certificates;
using Grid.Silo.Security;

namespace Grid.Client.Certificates;

/// <summary>A certificate and its key as files of one name. A reader finds the old file or the new one, never a part.</summary>
internal sealed class PemFiles(string folder, string name)
{
    private const UnixFileMode ForTheOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode ForAll = ForTheOwner | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public string Certificate { get; } = Path.Combine(Path.GetFullPath(folder), $"{name}.crt");

    public string Key { get; } = Path.Combine(Path.GetFullPath(folder), $"{name}.key");

    /// <param name="force">Whether files that are there may be replaced.</param>
    /// <exception cref="UserException">One of them is there; neither is written.</exception>
    public void Write(X509Certificate2 certificate, bool force)
    {
        if (!force && new[] { Certificate, Key }.FirstOrDefault(Path.Exists) is { } there)
            throw new UserException($"{there} is there already, and what trusts it would break. Name another folder, or give --force to write over it.");
        Write(Key, DevelopmentAuthority.KeyPem(certificate), ForTheOwner);
        WriteCertificate(certificate);
    }

    public void WriteCertificate(X509Certificate2 certificate) => Write(Certificate, certificate.ExportCertificatePem() + "\n", ForAll);

    private static void Write(string path, string text, UnixFileMode mode)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var part = $"{path}.{Guid.NewGuid():N}.part";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = mode;
        using (var file = new StreamWriter(part, options))
            file.Write(text);
        File.Move(part, path, overwrite: true);
    }
}
