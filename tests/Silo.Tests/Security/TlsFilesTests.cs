using Grid.Silo.Security;

namespace Grid.Silo.Tests.Security;

public sealed class TlsFilesTests : IDisposable
{
    private readonly TestAuthority authority = new();

    [Fact]
    public void Files_of_one_authority_are_taken() =>
        Load(authority.OfSilo()).Own.Subject.ShouldContain("CN=silo");

    [Fact]
    public void A_file_that_is_missing_is_named_with_its_setting()
    {
        var files = authority.OfSilo();

        Problem(files with { Certificate = "/nowhere/silo.crt" }).ShouldStartWith("There is no file /nowhere/silo.crt, which GRID_TLS_CERTIFICATE names.");
        Problem(files with { Key = "/nowhere/silo.key" }).ShouldStartWith("There is no file /nowhere/silo.key, which GRID_TLS_KEY names.");
        Problem(files with { CertificateAuthority = "/nowhere/ca.crt" }).ShouldStartWith("There is no file /nowhere/ca.crt, which GRID_TLS_CA names.");
    }

    [Fact]
    public void A_key_of_another_certificate_is_refused() =>
        Problem(authority.OfSilo("one") with { Key = authority.OfSilo("two").Key }).ShouldContain("two.key is not that of the certificate");

    [Fact]
    public void A_file_that_holds_something_else_is_refused()
    {
        var files = authority.OfSilo();

        Problem(files with { Key = files.Certificate }).ShouldContain("holds no private key in PEM");
        Problem(files with { Certificate = files.Key }).ShouldContain("holds no certificate in PEM");
        Problem(files with { CertificateAuthority = files.Key }).ShouldContain("holds no certificate in PEM");
    }

    [Fact]
    public void A_key_with_a_password_is_refused()
    {
        using var certificate = authority.Issue("silo", TestAuthority.Silo);
        var files = authority.Write("silo", certificate);
        using var key = System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions.GetECDsaPrivateKey(certificate)!;
        File.WriteAllText(files.Key, key.ExportEncryptedPkcs8PrivateKeyPem(
            "password", new(System.Security.Cryptography.PbeEncryptionAlgorithm.Aes256Cbc, System.Security.Cryptography.HashAlgorithmName.SHA256, 1000)));

        Problem(files).ShouldContain("has a password");
    }

    [Fact]
    public void A_damaged_certificate_is_refused()
    {
        var files = authority.OfSilo();
        File.WriteAllText(files.Certificate, File.ReadAllText(files.Certificate).Replace("MII", "MIX"));

        Problem(files).ShouldContain("is damaged");
    }

    [Fact]
    public void A_certificate_that_peers_would_not_trust_is_refused_with_the_reason()
    {
        using var stranger = new TestAuthority("stranger");

        Problem(authority.OfSilo() with { CertificateAuthority = stranger.OfSilo().CertificateAuthority }).ShouldContain("it is not signed by the authority");
        Problem(authority.Write("old", authority.Expired("old", TestAuthority.Silo))).ShouldContain("it expired on");
        Problem(authority.Write("new", authority.Early("new", TestAuthority.Silo))).ShouldContain("is the clock of this machine right?");
        Problem(authority.OfClient()).ShouldContain("it is not made for silos");
        Problem(authority.Write("any", authority.Issue("any"))).ShouldContain("it is not made for silos");
    }

    [Fact]
    public void TLS_is_set_as_a_whole_or_not_at_all()
    {
        TlsFiles.From(null, "", null).ShouldBeNull();
        TlsFiles.From("c", "k", "a").ShouldBe(new TlsFiles("c", "k", "a"));
        Should.Throw<TlsFilesException>(() => TlsFiles.From("c", null, "")).Message.ShouldContain("GRID_TLS_KEY and GRID_TLS_CA are not set");
    }

    public void Dispose() => authority.Dispose();

    private static TlsIdentity Load(TlsFiles files) => files.Load(TestAuthority.Now, TestAuthority.Silo);

    private static string Problem(TlsFiles files) => Should.Throw<TlsFilesException>(() => Load(files)).Message;
}
