using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Grid.Silo.Security;

namespace Grid.Client.Doctor;

/// <summary>Whether the certificate of this machine is trusted in its cluster, for how long, and who can read its key.</summary>
internal static class CertificateChecks
{
    private const string Name = "certificates";
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    private static readonly UnixFileMode others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <param name="files">Null for no TLS.</param>
    /// <param name="open">Whether other machines reach the cluster.</param>
    public static Check Of(TlsFiles? files, bool open, DateTimeOffset now)
    {
        if (files is null)
            return open
                ? Check.Warning(Name, "none: whoever reaches the ports of a silo commands the cluster", "Make some with grid certs ca and grid certs issue, and give each silo and client its own.")
                : Check.Ok(Name, "none, and no silo that other machines reach");
        try
        {
            using var own = files.Load(now, CertificatePurpose.Client).Own;
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(files.Key) & others) != 0)
                return Check.Warning(Name, $"the key {files.Key} can be read by others on this machine", $"Keep it to its user: chmod 600 {files.Key}");
            var authority = new X509Certificate2Collection();
            authority.ImportFromPemFile(files.CertificateAuthority);
            return Expiring(files.Certificate, own, "grid certs issue NAME --force", now)
                ?? authority.Select(a => Expiring(files.CertificateAuthority, a, "grid certs ca, and hand it to everybody beside the old one", now)).OfType<Check>().FirstOrDefault()
                ?? Check.Ok(Name, $"{own.Subject} of {own.Issuer}, until {Day(own)}");
        }
        catch (TlsFilesException e)
        {
            return Check.Problem(Name, "cannot be used", e.Message);
        }
    }

    private static Check? Expiring(string file, X509Certificate2 certificate, string command, DateTimeOffset now) =>
        certificate.NotAfter.ToUniversalTime() - now.UtcDateTime < Soon
            ? Check.Warning(Name, $"{file} expires on {Day(certificate)}", $"Make a new one in time: {command}")
            : null;

    private static string Day(X509Certificate2 certificate) => certificate.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
