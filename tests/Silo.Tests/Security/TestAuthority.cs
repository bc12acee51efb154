using System.Security.Cryptography.X509Certificates;
using Grid.Silo.Security;
using Grid.Tests;

namespace Grid.Silo.Tests.Security;

/// <summary>An authority in a folder of its own, and the files of those it signs.</summary>
internal sealed class TestAuthority : IDisposable
{
    public static readonly CertificatePurpose[] Silo = [CertificatePurpose.Server, CertificatePurpose.Client];
    public static readonly CertificatePurpose[] Client = [CertificatePurpose.Client];

    private readonly TemporaryFolder folder = new();
    private readonly DevelopmentAuthority authority;

    public TestAuthority(string name = "test")
    {
        authority = DevelopmentAuthority.Create(name, Now - TimeSpan.FromDays(100), TimeSpan.FromDays(1000));
        File.WriteAllText(folder.File("ca.crt"), authority.Certificate.ExportCertificatePem());
    }

    public static DateTimeOffset Now => DateTimeOffset.UtcNow;

    public TlsFiles OfSilo(string name = "silo") => Write(name, Issue(name, Silo));

    public TlsFiles OfClient(string name = "client") => Write(name, Issue(name, Client));

    public X509Certificate2 Issue(string name, params CertificatePurpose[] purposes) => authority.Issue(name, Now, TimeSpan.FromDays(10), purposes);

    public X509Certificate2 Expired(string name, params CertificatePurpose[] purposes) =>
        authority.Issue(name, Now - TimeSpan.FromDays(20), TimeSpan.FromDays(10), purposes);

    public X509Certificate2 Early(string name, params CertificatePurpose[] purposes) =>
        authority.Issue(name, Now + TimeSpan.FromDays(5), TimeSpan.FromDays(10), purposes);

    public TlsFiles Write(string name, X509Certificate2 certificate)
    {
        File.WriteAllText(folder.File($"{name}.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(folder.File($"{name}.key"), DevelopmentAuthority.KeyPem(certificate));
        return new TlsFiles(folder.File($"{name}.crt"), folder.File($"{name}.key"), folder.File("ca.crt"));
    }

    public void Dispose()
    {
        authority.Dispose();
        folder.Dispose();
    }
}
