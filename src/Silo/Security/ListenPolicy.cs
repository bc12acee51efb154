using System.Net;

namespace Grid.Silo.Security;

/// <summary>
/// Nothing listens beyond this machine unless it is told to, and then with TLS, or with a switch that says that the network is trusted:
/// whoever reaches a silo's ports without TLS can have it compute, and read and delete what it knows.
/// </summary>
/// <param name="Address">Where silo and gateway are to listen.</param>
/// <param name="Tls">Whether certificates are set.</param>
/// <param name="Insecure">Whether --insecure is.</param>
public sealed record ListenPolicy(IPAddress Address, bool Tls, bool Insecure)
{
    private bool IsOpen => !IPAddress.IsLoopback(Address);

    /// <summary>Why the silo must not start, and what to do; null when it may.</summary>
    public string? Error => (IsOpen, Tls, Insecure) switch
    {
        (_, true, true) => "TLS and --insecure contradict each other: take --insecure (GRID_INSECURE) away, or the certificates.",
        (true, false, false) =>
            $"Other machines reach {Address}, and there is no TLS: whoever connects could run stages here and delete results. Set --tls-certificate, --tls-key and "
            + "--tls-ca (grid certs makes the files), or listen on 127.0.0.1, or, where everybody on the network is trusted, set --insecure.",
        _ => null,
    };

    /// <summary>What to log loudly at the start; null when there is no reason to.</summary>
    public string? Warning => IsOpen && Insecure && !Tls
        ? $"INSECURE: this silo listens on {Address} without TLS. Everybody who reaches its ports can run stages here, read every result and delete it; "
        + "nothing on the wire is hidden. Only for networks that nobody else is on. With certificates (grid certs), take --insecure away."
        : null;
}
