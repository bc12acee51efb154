using Grid.Silo.Security;
using Grid.Tests;
using Microsoft.Extensions.Logging.Abstractions;

namespace Grid.Silo.Tests.Security;

public sealed class TlsRotationTests : IDisposable
{
    private readonly TestAuthority authority = new();
    private DateTime stamp = DateTime.UtcNow;

    [Fact]
    public void Replaced_files_count_for_the_next_connection()
    {
        var files = authority.OfSilo();
        var source = Source(files);
        var first = source.Current();

        source.Current().ShouldBeSameAs(first);
        Touch(authority.OfSilo());

        source.Current().Own.Thumbprint.ShouldNotBe(first.Own.Thumbprint);
    }

    [Fact]
    public void While_only_half_of_the_files_is_replaced_the_last_ones_are_kept()
    {
        var files = authority.OfSilo();
        var source = Source(files);
        var first = source.Current();
        var next = authority.OfSilo("next");

        File.Copy(next.Certificate, files.Certificate, overwrite: true);
        Touch(files);
        source.Current().ShouldBeSameAs(first);
        File.Delete(files.Key);
        source.Current().ShouldBeSameAs(first);

        File.Copy(next.Key, files.Key);
        Touch(files);
        source.Current().Own.Subject.ShouldContain("CN=next");
    }

    [Fact]
    public void Files_behind_a_folder_that_is_exchanged_as_a_whole_are_noticed()
    {
        // As Kubernetes mounts a secret: tls.crt leads to ..data/tls.crt, ..data to a folder, and only the latter link changes.
        using var mount = new TemporaryFolder();
        Put("v1", authority.OfSilo("one"));
        Directory.CreateSymbolicLink(mount.File("..data"), mount.File("v1"));
        foreach (var name in new[] { "tls.crt", "tls.key", "ca.crt" })
            File.CreateSymbolicLink(mount.File(name), Path.Combine("..data", name));
        var source = Source(new TlsFiles(mount.File("tls.crt"), mount.File("tls.key"), mount.File("ca.crt")));
        source.Current().Own.Subject.ShouldContain("CN=one");

        Put("v2", authority.OfSilo("two"));
        Directory.Delete(mount.File("..data"));
        Directory.CreateSymbolicLink(mount.File("..data"), mount.File("v2"));

        source.Current().Own.Subject.ShouldContain("CN=two");

        void Put(string folder, TlsFiles files)
        {
            Directory.CreateDirectory(mount.File(folder));
            Touch(files);
            File.Copy(files.Certificate, mount.File(Path.Combine(folder, "tls.crt")));
            File.Copy(files.Key, mount.File(Path.Combine(folder, "tls.key")));
            File.Copy(files.CertificateAuthority, mount.File(Path.Combine(folder, "ca.crt")));
        }
    }

    public void Dispose() => authority.Dispose();

    private static TlsIdentitySource Source(TlsFiles files) => new(files, TestAuthority.Silo, TimeProvider.System, NullLogger.Instance);

    /// <summary>Changed later than before, however coarse the file system's clock.</summary>
    private void Touch(TlsFiles files)
    {
        stamp += TimeSpan.FromMinutes(1);
        File.SetLastWriteTimeUtc(files.Certificate, stamp);
        File.SetLastWriteTimeUtc(files.Key, stamp);
    }
}
