using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Grid.Silo.Security;

/// <summary>A process's own certificate with its key, and the authority whose members it talks to.</summary>
public sealed class TlsIdentity
{
    private readonly X509Certificate2Collection authority;

    internal TlsIdentity(X509Certificate2 own, X509Certificate2Collection between, X509Certificate2Collection authority)
    {
        this.authority = authority;
        Own = own;
        // Offline: neither missing certificates nor proofs of validity are fetched from addresses that stand in a certificate.
        Shown = SslStreamCertificateContext.Create(own, between, offline: true);
    }

    public X509Certificate2 Own { get; }

    /// <summary>What a peer gets to see.</summary>
    internal SslStreamCertificateContext Shown { get; }

    /// <summary>Why a peer is not trusted; null when it is.</summary>
    /// <param name="shown">The certificates that came with the peer's own.</param>
    internal string? Problem(X509Certificate2 peer, X509Certificate2Collection shown, DateTimeOffset now, IReadOnlyList<CertificatePurpose> purposes) =>
        CertificateTrust.Problem(peer, shown, authority, now, purposes);
}
