using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Grid.Silo.Security;

namespace Grid.Silo.Tests.Security;

/// <summary>Real silos and real sockets: who has a certificate of the authority is served, and nobody else hears anything.</summary>
public sealed class TlsClusterTests : IAsyncLifetime
{
    private const int LengthOfAlert = 7;

    private readonly TestAuthority authority = new();
    private readonly TestAuthority stranger = new("stranger");
    private readonly TlsCluster cluster = new();

    [Fact]
    public async Task Silos_and_clients_with_certificates_of_one_authority_make_a_cluster()
    {
        await cluster.StartSilo(authority.OfSilo("second"));
        var client = await cluster.Connect(authority.OfClient());

        var management = client.GetGrain<IManagementGrain>(0);
        var silos = (await management.GetHosts(onlyActive: true)).Keys.ToArray();
        silos.Length.ShouldBe(2);
        // The grain is on one of them and asks both, so silos have talked to each other.
        (await management.GetRuntimeStatistics(silos)).Length.ShouldBe(2);
        await TlsCluster.Talk(client);
    }

    [Fact]
    public async Task A_silo_of_another_authority_cannot_join()
    {
        await Should.ThrowAsync<Exception>(() => cluster.StartSilo(stranger.OfSilo()).WaitAsync(TimeSpan.FromSeconds(15)));

        await EveryoneElseIsServed(members: 1);
    }

    [Fact]
    public async Task A_client_of_another_authority_is_not_served()
    {
        await Should.ThrowAsync<Exception>(() => cluster.Connect(stranger.OfClient()));
        await EveryoneElseIsServed();
    }

    [Fact]
    public async Task A_client_without_TLS_is_not_served()
    {
        await Should.ThrowAsync<Exception>(() => cluster.Connect(null));
        await EveryoneElseIsServed();
    }

    public static TheoryData<string, bool> Knockers { get; } = new()
    {
        { "client", true },
        { "silo", true },
        { "none", false },
        { "stranger", false },
        { "expired", false },
        { "early", false },
        { "server only", false },
        { "no purpose", false },
        { "signed by a client", false },
    };

    [Theory]
    [MemberData(nameof(Knockers))]
    public async Task The_gateway_talks_only_to_certificates_of_its_authority_that_are_valid_and_for_calling(string knocker, bool served)
    {
        (await Knock(cluster.GatewayPort, Certificate(knocker), await Greeting())).ShouldBe(served);
        await EveryoneElseIsServed();
    }

    [Theory]
    [InlineData("silo", true)]
    [InlineData("client", false)]
    [InlineData("server only", false)]
    [InlineData("none", false)]
    public async Task The_port_of_silos_talks_only_to_silos(string knocker, bool served)
    {
        // A silo speaks first there.
        (await Knock(cluster.SiloPort, Certificate(knocker), [])).ShouldBe(served);
        await EveryoneElseIsServed();
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    public async Task Garbage_is_cut_off(string garbage)
    {
        foreach (var port in new[] { cluster.SiloPort, cluster.GatewayPort })
        {
            using var socket = await Dial(port);
            var stream = socket.GetStream();
            await stream.WriteAsync(Encoding.Latin1.GetBytes(garbage), Cancellation);
            socket.Client.Shutdown(SocketShutdown.Send);
            (await Answer(stream)).Length.ShouldBeLessThanOrEqualTo(LengthOfAlert);
        }
        await EveryoneElseIsServed();
    }

    public async ValueTask InitializeAsync() => await cluster.StartSilo(authority.OfSilo());

    public async ValueTask DisposeAsync()
    {
        await cluster.DisposeAsync();
        authority.Dispose();
        stranger.Dispose();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task EveryoneElseIsServed(int members = 1)
    {
        var client = await cluster.Connect(authority.OfClient());
        await TlsCluster.Talk(client);
        (await client.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Count.ShouldBe(members);
    }

    private X509Certificate2? Certificate(string knocker) => knocker switch
    {
        "client" => authority.Issue("client", TestAuthority.Client),
        "silo" => authority.Issue("silo", TestAuthority.Silo),
        "stranger" => stranger.Issue("client", TestAuthority.Client),
        "expired" => authority.Expired("client", TestAuthority.Client),
        "early" => authority.Early("client", TestAuthority.Client),
        "server only" => authority.Issue("client", CertificatePurpose.Server),
        "no purpose" => authority.Issue("client"),
        "signed by a client" => SignedByAClient(),
        _ => null,
    };

    /// <summary>Who has a certificate must not be able to make more of them.</summary>
    private X509Certificate2 SignedByAClient()
    {
        using var client = authority.Issue("client", TestAuthority.Client);
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=forged", key, System.Security.Cryptography.HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([CertificatePurpose.Client.Usage()], critical: false));
        var signer = X509SignatureGenerator.CreateForECDsa(client.GetECDsaPrivateKey()!);
        return request.Create(client.SubjectName, signer, client.NotBefore, client.NotAfter, [1, 2, 3]).CopyWithPrivateKey(key);
    }

    /// <summary>Whether the other side says anything beyond the handshake to who shows that certificate and begins as a member would.</summary>
    private static async Task<bool> Knock(int port, X509Certificate2? certificate, byte[] greeting)
    {
        using var socket = await Dial(port);
        await using var tls = new SslStream(socket.GetStream());
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "knock",
                    ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(certificate, null, offline: true),
                    RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null,
                },
                Cancellation);
            await tls.WriteAsync(greeting, Cancellation);
            return await tls.ReadAsync(new byte[1], Cancellation) > 0;
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            return false;
        }
    }

    /// <summary>What a client of Orleans says first: taken from one that is led to a socket of our own.</summary>
    private async Task<byte[]> Greeting()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var connecting = cluster.Connect(null, ((IPEndPoint)listener.LocalEndpoint).Port);
        var greeting = new byte[4];
        using (var socket = await listener.AcceptTcpClientAsync(Cancellation))
        {
            await socket.GetStream().ReadExactlyAsync(greeting, Cancellation);
            var length = BitConverter.ToInt32(greeting);
            Array.Resize(ref greeting, 4 + length);
            await socket.GetStream().ReadExactlyAsync(greeting.AsMemory(4), Cancellation);
        }
        await Should.ThrowAsync<Exception>(() => connecting);
        return greeting;
    }

    private static async Task<TcpClient> Dial(int port)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, port, Cancellation);
        return socket;
    }

    private static async Task<byte[]> Answer(Stream stream)
    {
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, Cancellation);
        }
        catch (IOException)
        {
            // Cut off.
        }
        return answer.ToArray();
    }
}
