using Microsoft.Extensions.Logging;

namespace Grid.Silo.Security;

/// <summary>
/// The identity for the next connection: read anew when its files have changed, so that certificates are replaced without a restart. What
/// cannot be read, such as a new certificate beside the old key, is passed over, and the last good one kept.
/// </summary>
internal sealed partial class TlsIdentitySource
{
    private readonly TlsFiles files;
    private readonly IReadOnlyList<CertificatePurpose> purposes;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Lock gate = new();
    private (DateTime Certificate, DateTime Key, DateTime Authority)? seen;
    private TlsIdentity current;

    /// <exception cref="TlsFilesException">The files cannot be used.</exception>
    public TlsIdentitySource(TlsFiles files, IReadOnlyList<CertificatePurpose> purposes, TimeProvider time, ILogger logger)
    {
        (this.files, this.purposes, this.time, this.logger) = (files, purposes, time, logger);
        seen = Stamp();
        current = files.Load(time.GetUtcNow(), purposes);
    }

    public TlsIdentity Current()
    {
        lock (gate)
        {
            // No stamp: a file is being replaced this moment.
            if (Stamp() is { } stamp && stamp != seen)
            {
                seen = stamp;
                Reload();
            }
            return current;
        }
    }

    private void Reload()
    {
        try
        {
            current = files.Load(time.GetUtcNow(), purposes);
            var until = current.Own.NotAfter.ToUniversalTime();
            Reloaded(logger, files.Certificate, until);
        }
        catch (TlsFilesException e)
        {
            // The next change of a file tries again.
            NotReloaded(logger, e.Message);
        }
    }

    private (DateTime, DateTime, DateTime)? Stamp()
    {
        try
        {
            return (Changed(files.Certificate), Changed(files.Key), Changed(files.CertificateAuthority));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Of the file itself: a mounted secret is a link, and only what it leads to changes.</summary>
    private static DateTime Changed(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return File.GetLastWriteTimeUtc(file);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The certificate {File} was replaced; it is valid until {Until:u}")]
    private static partial void Reloaded(ILogger logger, string file, DateTime until);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The files of TLS have changed and cannot be used; connections go on with the last ones. {Problem}")]
    private static partial void NotReloaded(ILogger logger, string problem);
}
