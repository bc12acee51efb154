using System.Security.Cryptography.X509Certificates;

namespace Grid.Silo.Security;

/// <summary>
/// The one rule of who is trusted: a certificate that is valid now, signed by the authority, and made for the purpose. The machine's own
/// authorities do not count, and nothing is fetched from a network. Host names are not compared: silos are addressed by numbers that change.
/// </summary>
internal static class CertificateTrust
{
    /// <summary>Why a certificate is not trusted; null when it is.</summary>
    /// <param name="between">Certificates that may stand between it and the authority.</param>
    public static string? Problem(
        X509Certificate2 certificate, X509Certificate2Collection between, X509Certificate2Collection authority, DateTimeOffset now,
        IReadOnlyList<CertificatePurpose> purposes)
    {
        using var chain = new X509Chain { ChainPolicy = Policy(authority) };
        chain.ChainPolicy.ExtraStore.AddRange(between);
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        var built = chain.Build(certificate);
        return Lacking(certificate, purposes) ?? (built ? null : Reason(certificate, chain, now));
    }

    private static X509ChainPolicy Policy(X509Certificate2Collection authority)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authority);
        return policy;
    }

    /// <summary>A certificate without usages would be good for all of them: here it is good for none.</summary>
    private static string? Lacking(X509Certificate2 certificate, IReadOnlyList<CertificatePurpose> purposes)
    {
        var usages = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().SelectMany(e => e.EnhancedKeyUsages.Cast<System.Security.Cryptography.Oid>())
            .Select(usage => usage.Value).ToList();
        var missing = purposes.Where(purpose => !usages.Contains(purpose.Usage().Value)).Cast<CertificatePurpose?>().FirstOrDefault();
        return missing is { } lacking
            ? $"it is not made for {(lacking == CertificatePurpose.Server ? "silos (extended key usage serverAuth)" : "calling silos (extended key usage clientAuth)")}."
            : null;
    }

    private static string Reason(X509Certificate2 certificate, X509Chain chain, DateTimeOffset now)
    {
        var found = chain.ChainElements.SelectMany(e => e.ChainElementStatus).Concat(chain.ChainStatus).Aggregate(X509ChainStatusFlags.NoError, (all, s) => all | s.Status);
        if ((found & (X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.NotSignatureValid)) != 0)
            return $"it is not signed by the authority, but by {certificate.Issuer}.";
        if (certificate.NotAfter.ToUniversalTime() < now)
            return $"it expired on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC; issue a new one.";
        if (certificate.NotBefore.ToUniversalTime() > now)
            return $"it is not valid before {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm} UTC; is the clock of this machine right?";
        return string.Join(' ', chain.ChainStatus.Select(s => s.StatusInformation.Trim()).Distinct());
    }
}
