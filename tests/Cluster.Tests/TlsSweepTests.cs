using Grid.Silo.Hosting;
using Grid.Silo.Security;
using Grid.Tests;

namespace Grid.Cluster.Tests;

public sealed class TlsSweepTests(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task A_sweep_runs_on_silos_and_from_a_client_that_know_each_other_by_certificates()
    {
        using var authority = DevelopmentAuthority.Create("test", TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(2));
        var ofClient = Write(authority, "client", CertificatePurpose.Client);
        await using var cluster = TestCluster.Start(
            server, stageMilliseconds: 0, tls: Write(authority, "silo", CertificatePurpose.Server, CertificatePurpose.Client), tlsOfClient: ofClient);
        var sweep = AnySweep.Of("tls", 2, 3);
        await cluster.Add("control", "control-1", "control-2");
        await cluster.Add("train,measure", "worker");

        await cluster.Submit(sweep);
        await cluster.Ended(sweep);

        await cluster.ShouldBeWhole(sweep);
        // Who has the password of the store, and so knows where the gateways are, is not served for that.
        using var stranger = DevelopmentAuthority.Create("stranger", TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(2));
        var access = cluster.Access with { Tls = Write(stranger, "stranger", CertificatePurpose.Client) };
        (await Should.ThrowAsync<ClusterUnreachableException>(
            () => ClusterClient.Connect(access, cluster.Store, cluster.Artifacts, TestContext.Current.CancellationToken)))
            .Message.ShouldContain("it is not signed by the authority");
    }

    public void Dispose() => folder.Dispose();

    private TlsFiles Write(DevelopmentAuthority authority, string name, params CertificatePurpose[] purposes)
    {
        using var certificate = authority.Issue(name, TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1), purposes);
        var files = new TlsFiles(folder.File($"{name}.crt"), folder.File($"{name}.key"), folder.File($"{name}-ca.crt"));
        File.WriteAllText(files.Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(files.Key, DevelopmentAuthority.KeyPem(certificate));
        File.WriteAllText(files.CertificateAuthority, authority.Certificate.ExportCertificatePem());
        return files;
    }
}
