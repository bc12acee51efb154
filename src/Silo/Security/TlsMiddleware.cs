using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Orleans.Runtime.Messaging;

namespace Grid.Silo.Security;

/// <summary>
/// TLS between a connection's socket and Orleans, which hears nothing of a peer before both sides have shown certificates that the other
/// trusts. Who does not within <see cref="HandshakeTime"/> is cut off.
/// </summary>
/// <param name="callsPeer">Whether this side opened the connection.</param>
/// <param name="ofPeer">What the peer's certificate must be made for.</param>
internal sealed class TlsMiddleware(
    TlsIdentitySource identities, bool callsPeer, IReadOnlyList<CertificatePurpose> ofPeer, TimeProvider time, RejectedPeers rejected) : IConnectionMiddleware
{
    public static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(10);

    public async Task OnConnectionAsync(ConnectionContext context, ConnectionDelegate next)
    {
        var transport = context.Transport;
        await using var secured = new SslStream(new DuplexStream(transport), leaveInnerStreamOpen: true);
        var (met, problem) = await Meet(secured, context);
        if (!met)
        {
            // Whoever only asks if somebody listens was not refused.
            if (problem is null)
                return;
            rejected.Tell(context.RemoteEndPoint, problem);
            // A caller must learn why; whoever called gets no answer.
            if (callsPeer)
                throw new AuthenticationException($"No TLS connection to {context.RemoteEndPoint}: {problem}");
            context.Abort();
            return;
        }
        try
        {
            context.Transport = new Plain(secured);
            await next(context);
        }
        finally
        {
            context.Transport = transport;
        }
    }

    /// <summary>Whether the peer and this side trust each other, and why not; null where the peer has left without a word.</summary>
    private async Task<(bool Met, string? Problem)> Meet(SslStream stream, ConnectionContext context)
    {
        using var patience = new CancellationTokenSource(HandshakeTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, context.ConnectionClosed);
        if (!callsPeer && await Leaves(context.Transport.Input, either.Token) && !patience.IsCancellationRequested)
            return (false, null);
        var problem = await Handshake(stream, context, patience, either.Token);
        return (problem is null, problem);
    }

    /// <summary>Whether the connection ends before the peer has said anything.</summary>
    private static async Task<bool> Leaves(PipeReader input, CancellationToken stop)
    {
        try
        {
            var first = await input.ReadAsync(stop);
            input.AdvanceTo(first.Buffer.Start);
            return first is { IsCompleted: true, Buffer.IsEmpty: true };
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            return true;
        }
    }

    /// <summary>Why there is no connection; null when there is.</summary>
    private async Task<string?> Handshake(SslStream stream, ConnectionContext context, CancellationTokenSource patience, CancellationToken stop)
    {
        var identity = identities.Current();
        string? distrust = null;
        RemoteCertificateValidationCallback trust = (_, certificate, chain, _) =>
            (distrust = Distrust(identity, certificate, chain)) is null;
        try
        {
            await (callsPeer
                ? stream.AuthenticateAsClientAsync(Calling(identity, trust, context.RemoteEndPoint), stop)
                : stream.AuthenticateAsServerAsync(Called(identity, trust), stop));
            return null;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return $"the handshake took longer than {HandshakeTime.TotalSeconds:0} s.";
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException or InvalidOperationException or ConnectionAbortedException)
        {
            return distrust ?? $"the peer does not speak TLS as it must, or does not trust this side's certificate: {e.Message}";
        }
    }

    private string? Distrust(TlsIdentity identity, X509Certificate? certificate, X509Chain? chain)
    {
        if (certificate is not X509Certificate2 peer)
            return "the peer shows no certificate.";
        var shown = new X509Certificate2Collection();
        if (chain is not null)
            shown.AddRange(chain.ChainPolicy.ExtraStore);
        return identity.Problem(peer, shown, time.GetUtcNow(), ofPeer) is { } problem ? $"the peer's certificate, {peer.Subject}, is not trusted: {problem}" : null;
    }

    /// <summary>Sessions are not resumed: every connection is checked anew, against the files as they are then.</summary>
    private static SslServerAuthenticationOptions Called(TlsIdentity identity, RemoteCertificateValidationCallback trust) => new()
    {
        ServerCertificateContext = identity.Shown,
        ClientCertificateRequired = true,
        RemoteCertificateValidationCallback = trust,
        CertificateChainPolicy = NoLookups(),
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        AllowRenegotiation = false,
        AllowTlsResume = false,
    };

    private static SslClientAuthenticationOptions Calling(TlsIdentity identity, RemoteCertificateValidationCallback trust, EndPoint? peer) => new()
    {
        TargetHost = peer is IPEndPoint { Address: var address } ? address.ToString() : "",
        ClientCertificateContext = identity.Shown,
        RemoteCertificateValidationCallback = trust,
        CertificateChainPolicy = NoLookups(),
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        AllowRenegotiation = false,
        AllowTlsResume = false,
    };

    /// <summary>For the chain that the stream itself builds before it asks: its verdict is not used, but it must fetch nothing either.</summary>
    private static X509ChainPolicy NoLookups() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };

    /// <summary>What is read from, and written to, the peer in plain.</summary>
    private sealed class Plain(SslStream stream) : IDuplexPipe
    {
        public PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
    }
}
