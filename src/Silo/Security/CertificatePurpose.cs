using System.Security.Cryptography;

namespace Grid.Silo.Security;

/// <summary>What a certificate may be shown for: its extended key usages, RFC 5280, section 4.2.1.12.</summary>
public enum CertificatePurpose
{
    /// <summary>To be called: only silos are.</summary>
    Server,

    /// <summary>To call: clients do, and silos among each other.</summary>
    Client,
}

internal static class CertificatePurposes
{
    public static Oid Usage(this CertificatePurpose purpose) => purpose == CertificatePurpose.Server ? new("1.3.6.1.5.5.7.3.1") : new("1.3.6.1.5.5.7.3.2");
}
