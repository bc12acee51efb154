using System.Security.Cryptography;
using Grid.Client.Json;
using Grid.Silo.Security;

namespace Grid.Client.Certificates;

/// <summary>An authority as two files in a folder, and the certificates that it issues.</summary>
internal static class AuthorityFiles
{
    /// <summary>Of the authority's files, without their endings.</summary>
    public const string Name = "ca";

    /// <exception cref="UserException">It is there already.</exception>
    public static CertificateDocument Create(string folder, DateTimeOffset now, TimeSpan valid, bool force)
    {
        using var authority = DevelopmentAuthority.Create("Grid authority", now, valid);
        var files = new PemFiles(folder, Name);
        files.Write(authority.Certificate, force);
        return new CertificateDocument(Name, CertificateKind.Authority, files.Certificate, files.Key, files.Certificate, authority.Expires);
    }

    /// <exception cref="UserException">There is no such authority, it expires too soon, or the certificate is there already.</exception>
    public static CertificateDocument Issue(string name, bool forClient, string authorityFolder, string folder, DateTimeOffset now, TimeSpan valid, bool force)
    {
        var source = new PemFiles(authorityFolder, Name);
        using var authority = Read(source);
        if (now + valid > authority.Expires)
            throw new UserException(
                $"The authority in {authorityFolder} expires on {authority.Expires:yyyy-MM-dd}, before the certificate would: give --days up to "
                + $"{Math.Max(0, (int)(authority.Expires - now).TotalDays)}, or make a new authority with grid certs ca.");

        CertificatePurpose[] purposes = forClient ? [CertificatePurpose.Client] : [CertificatePurpose.Server, CertificatePurpose.Client];
        using var certificate = authority.Issue(name, now, valid, purposes);
        var files = new PemFiles(folder, name);
        files.Write(certificate, force);
        var beside = new PemFiles(folder, Name);
        if (beside.Certificate != source.Certificate)
            beside.WriteCertificate(authority.Certificate);
        return new CertificateDocument(
            name, forClient ? CertificateKind.Client : CertificateKind.Silo, files.Certificate, files.Key, beside.Certificate, certificate.NotAfter);
    }

    private static DevelopmentAuthority Read(PemFiles files)
    {
        try
        {
            return DevelopmentAuthority.Read(File.ReadAllText(files.Certificate), File.ReadAllText(files.Key));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserException($"There is no authority in {Path.GetDirectoryName(files.Certificate)}: {e.Message} Make one with grid certs ca.");
        }
        catch (CryptographicException e)
        {
            throw new UserException($"{files.Certificate} and {files.Key} are no certificate with its key: {e.Message}");
        }
    }
}
