using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Grid.Silo.Security;

/// <summary>
/// A certificate authority with its key: enough for a cluster of one's own. ECDSA on P-256 with SHA-256, as RFC 5280 has it.
/// </summary>
public sealed class DevelopmentAuthority : IDisposable
{
    /// <summary>Clocks of a cluster differ: what is issued is valid a little before now.</summary>
    private static readonly TimeSpan clockDifference = TimeSpan.FromHours(6);

    private DevelopmentAuthority(X509Certificate2 certificate) => Certificate = certificate;

    /// <summary>With its key.</summary>
    public X509Certificate2 Certificate { get; }

    public DateTimeOffset Expires => Certificate.NotAfter;

    /// <summary>A new one, which signs certificates but no further authorities.</summary>
    public static DevelopmentAuthority Create(string name, DateTimeOffset now, TimeSpan valid)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Subject(name), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return new DevelopmentAuthority(request.CreateSelfSigned(now - clockDifference, now + valid));
    }

    /// <summary>The one that <see cref="Create"/> made, from its PEM texts.</summary>
    /// <exception cref="CryptographicException">They are no certificate with its key.</exception>
    public static DevelopmentAuthority Read(string certificate, string key) => new(X509Certificate2.CreateFromPem(certificate, key));

    /// <summary>A certificate with its key.</summary>
    /// <param name="purposes">Server and Client for a silo, Client for a client.</param>
    /// <exception cref="ArgumentException">It would outlast the authority.</exception>
    public X509Certificate2 Issue(string name, DateTimeOffset now, TimeSpan valid, params IReadOnlyList<CertificatePurpose> purposes)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Subject(name), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        if (purposes.Count > 0)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. purposes.Select(p => p.Usage())], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var from = now - clockDifference;
        var begins = from < Certificate.NotBefore ? Certificate.NotBefore : from;
        using var certificate = request.Create(Certificate, begins, now + valid, RandomNumberGenerator.GetBytes(16));
        return certificate.CopyWithPrivateKey(key);
    }

    /// <summary>The private key of a certificate in PEM, without a password.</summary>
    public static string KeyPem(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey() ?? throw new ArgumentException("The certificate has no ECDSA key.", nameof(certificate));
        return key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    public void Dispose() => Certificate.Dispose();

    private static X500DistinguishedName Subject(string name)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddOrganizationName("Grid");
        subject.AddCommonName(name);
        return subject.Build();
    }
}

