using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Grid.Silo.Security;

/// <summary>Where a process has its certificate, and the authority whose members it trusts. All are files in PEM.</summary>
/// <param name="Certificate">Its own certificate; certificates between it and the authority may follow in the same file.</param>
/// <param name="Key">The private key of that certificate, without a password.</param>
/// <param name="CertificateAuthority">The authority; several while one takes over from another.</param>
public sealed record TlsFiles(string Certificate, string Key, string CertificateAuthority)
{
    public const string CertificateVariable = "GRID_TLS_CERTIFICATE";
    public const string KeyVariable = "GRID_TLS_KEY";
    public const string AuthorityVariable = "GRID_TLS_CA";

    /// <summary>The three settings as one; null when none of them is given.</summary>
    /// <exception cref="TlsFilesException">Only some are given: a typing error must not turn TLS off.</exception>
    public static TlsFiles? From(string? certificate, string? key, string? authority)
    {
        (string Name, string? Value)[] settings = [(CertificateVariable, certificate), (KeyVariable, key), (AuthorityVariable, authority)];
        var missing = settings.Where(s => string.IsNullOrWhiteSpace(s.Value)).Select(s => s.Name).ToList();
        if (missing.Count == settings.Length)
            return null;
        return missing.Count == 0
            ? new TlsFiles(certificate!, key!, authority!)
            : throw new TlsFilesException($"TLS needs a certificate, its key and the authority: {string.Join(" and ", missing)} {(missing.Count == 1 ? "is" : "are")} not set.");
    }

    /// <summary>Reads the files, and checks that others of the authority will trust them now.</summary>
    /// <param name="purposes">What the certificate is to be good for.</param>
    /// <exception cref="TlsFilesException">They cannot be used; the message says which, why, and what to do.</exception>
    public TlsIdentity Load(DateTimeOffset now, params IReadOnlyList<CertificatePurpose> purposes)
    {
        var authority = Certificates(CertificateAuthority, AuthorityVariable);
        var chain = Certificates(Certificate, CertificateVariable);
        var own = WithKey(Certificate, Text(Key, KeyVariable));
        chain.RemoveAt(0);
        if (CertificateTrust.Problem(own, chain, authority, now, purposes) is { } problem)
            throw new TlsFilesException($"The certificate {Certificate} cannot be used with the authority {CertificateAuthority}: {problem}");
        return new TlsIdentity(own, chain, authority);
    }

    private X509Certificate2 WithKey(string certificateFile, string key)
    {
        if (key.Contains("ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal) || key.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
            throw new TlsFilesException($"The key {Key} has a password. Give a key without one, in a file that only its user may read.");
        if (!key.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            throw new TlsFilesException($"The file {Key} holds no private key in PEM. {KeyVariable} must name the key of {certificateFile}.");
        try
        {
            return X509Certificate2.CreateFromPem(Text(certificateFile, CertificateVariable), key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new TlsFilesException($"The key {Key} is not that of the certificate {certificateFile}, or it is damaged. The two are made together: replace both.", e);
        }
    }

    private static X509Certificate2Collection Certificates(string file, string variable)
    {
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPem(Text(file, variable));
        }
        catch (CryptographicException e)
        {
            throw new TlsFilesException($"A certificate in {file} is damaged: {e.Message}", e);
        }
        return found.Count > 0
            ? found
            : throw new TlsFilesException($"The file {file} holds no certificate in PEM. {variable} must name a file with one; grid certs makes them.");
    }

    private static string Text(string file, string variable)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TlsFilesException($"There is no file {file}, which {variable} names. Correct the name, or make the file with grid certs.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new TlsFilesException($"The file {file}, which {variable} names, cannot be read: {e.Message}", e);
        }
    }
}

/// <summary>The files of TLS cannot be used; the message says what to change.</summary>
public sealed class TlsFilesException(string message, Exception? inner = null) : Exception(message, inner);
