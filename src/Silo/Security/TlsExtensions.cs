using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Configuration;

namespace Grid.Silo.Security;

/// <summary>Mutual TLS on every connection of Orleans.</summary>
public static class TlsExtensions
{
    /// <summary>A silo's certificate is good for both ends of a connection: silos call each other.</summary>
    private static readonly CertificatePurpose[] silo = [CertificatePurpose.Server, CertificatePurpose.Client];
    private static readonly CertificatePurpose[] server = [CertificatePurpose.Server];
    private static readonly CertificatePurpose[] client = [CertificatePurpose.Client];

    /// <summary>
    /// Silos talk to silos only, whose certificates a client's does not replace; the gateway takes whoever has a certificate of the authority.
    /// </summary>
    /// <exception cref="TlsFilesException">The files cannot be used; found out here, before anything listens.</exception>
    public static ISiloBuilder UseTls(this ISiloBuilder builder, TlsFiles files)
    {
        files.Load(TimeProvider.System.GetUtcNow(), silo);
        return builder.Configure<SiloConnectionOptions>(options =>
        {
            options.ConfigureSiloInboundConnection(connection => connection.Secure(files, silo, callsPeer: false, silo));
            options.ConfigureSiloOutboundConnection(connection => connection.Secure(files, silo, callsPeer: true, silo));
            options.ConfigureGatewayInboundConnection(connection => connection.Secure(files, silo, callsPeer: false, client));
        });
    }

    /// <summary>The client talks to silos with a certificate of the authority only, and shows its own.</summary>
    /// <exception cref="TlsFilesException">The files cannot be used.</exception>
    public static IClientBuilder UseTls(this IClientBuilder builder, TlsFiles files)
    {
        files.Load(TimeProvider.System.GetUtcNow(), client);
        return builder.Configure<ClientConnectionOptions>(options =>
            options.ConfigureConnection(connection => connection.Secure(files, client, callsPeer: true, server)));
    }

    private static void Secure(
        this IConnectionBuilder connection, TlsFiles files, IReadOnlyList<CertificatePurpose> own, bool callsPeer, IReadOnlyList<CertificatePurpose> ofPeer)
    {
        var services = connection.ApplicationServices;
        var time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        var logger = (services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger("Grid.Silo.Security.Tls");
        connection.UseMiddleware(new TlsMiddleware(new TlsIdentitySource(files, own, time, logger), callsPeer, ofPeer, time, new RejectedPeers(time, logger)));
    }
}
