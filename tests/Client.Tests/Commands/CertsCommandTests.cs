using Grid.Silo.Security;
using Grid.Tests;

namespace Grid.Client.Tests.Commands;

public sealed class CertsCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task What_is_made_is_what_silos_and_clients_load()
    {
        await Made("certs", "ca", "--output", Of("authority"));

        await Made("certs", "issue", "silo-1", "--ca", Of("authority"), "--output", Of("silo"));
        await Made("certs", "issue", "laptop", "--client", "--ca", Of("authority"), "--output", Of("laptop"), "--days", "30");

        Load("silo", "silo-1", CertificatePurpose.Server, CertificatePurpose.Client).Own.Subject.ShouldContain("CN=silo-1");
        Should.Throw<TlsFilesException>(() => Load("laptop", "laptop", CertificatePurpose.Server)).Message.ShouldContain("not made for silos");
        var laptop = Load("laptop", "laptop", CertificatePurpose.Client).Own;
        (laptop.NotAfter.ToUniversalTime() - DateTime.UtcNow).TotalDays.ShouldBeInRange(29.9, 30);
        Directory.GetFiles(Of("silo")).Select(f => Path.GetFileName(f)).Order().ShouldBe(["ca.crt", "silo-1.crt", "silo-1.key"]);
    }

    [Fact]
    public async Task The_answer_says_what_to_set()
    {
        await Made("certs", "ca", "--output", Of("certs"));

        var lines = (await Made("certs", "issue", "silo-1", "--ca", Of("certs"), "--output", Of("certs"))).Output.Split('\n');

        lines.ShouldContain($"GRID_TLS_CERTIFICATE={Of("certs/silo-1.crt")}");
        lines.ShouldContain($"GRID_TLS_KEY={Of("certs/silo-1.key")}");
        lines.ShouldContain($"GRID_TLS_CA={Of("certs/ca.crt")}");
    }

    [Fact]
    public async Task Keys_are_their_owner_s_alone()
    {
        await Made("certs", "ca", "--output", Of("certs"));
        await Made("certs", "issue", "silo-1", "--ca", Of("certs"), "--output", Of("certs"));

        foreach (var key in new[] { "ca.key", "silo-1.key" })
            new FileInfo(Of($"certs/{key}")).UnixFileMode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Nothing_is_written_over_unless_that_is_asked_for()
    {
        await Made("certs", "ca", "--output", Of("certs"));
        await Made("certs", "issue", "silo-1", "--ca", Of("certs"), "--output", Of("certs"));
        var before = Contents();

        (await Refused("certs", "ca", "--output", Of("certs"))).ShouldContain("ca.crt is there already");
        (await Refused("certs", "issue", "silo-1", "--ca", Of("certs"), "--output", Of("certs"))).ShouldContain("silo-1.crt is there already");
        Contents().ShouldBe(before);

        await Made("certs", "issue", "silo-1", "--ca", Of("certs"), "--output", Of("certs"), "--force");
        Contents().Zip(before).Count(pair => pair.First != pair.Second).ShouldBe(2);
        Load("certs", "silo-1", CertificatePurpose.Server);
    }

    [Fact]
    public async Task Without_an_authority_nothing_is_issued() =>
        (await Refused("certs", "issue", "silo-1", "--ca", Of("none"), "--output", Of("out"))).ShouldContain("Make one with grid certs ca");

    [Fact]
    public async Task A_certificate_does_not_outlast_its_authority()
    {
        await Made("certs", "ca", "--output", Of("certs"), "--days", "10");

        (await Refused("certs", "issue", "silo-1", "--ca", Of("certs"), "--output", Of("certs"), "--days", "11")).ShouldContain("give --days up to 9");
    }

    [Theory]
    [InlineData("../silo")]
    [InlineData("/etc/silo")]
    [InlineData(".hidden")]
    [InlineData("ca")]
    [InlineData("")]
    public async Task A_name_that_leads_elsewhere_is_refused(string name) =>
        (await Refused("certs", "issue", name, "--ca", Of("certs"), "--output", Of("certs"))).ShouldContain("cannot name a certificate");

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("many")]
    public async Task Days_are_a_number_above_0(string days) => (await Refused("certs", "ca", "--output", Of("certs"), "--days", days)).ShouldContain("--days is");

    [Fact]
    public async Task Without_a_subcommand_it_says_what_there_is() => (await Refused("certs")).ShouldContain("grid certs issue NAME");

    [Fact]
    public async Task A_mistake_points_to_the_help_of_the_subcommand() => (await Refused("certs", "issue")).ShouldContain("See: grid certs issue --help");

    public void Dispose() => folder.Dispose();

    private string Of(string name) => folder.File(name);

    private string[] Contents() => [.. Directory.GetFiles(Of("certs")).Order().Select(File.ReadAllText)];

    private TlsIdentity Load(string place, string name, params CertificatePurpose[] purposes) =>
        new TlsFiles(Of($"{place}/{name}.crt"), Of($"{place}/{name}.key"), Of($"{place}/ca.crt")).Load(DateTimeOffset.UtcNow, purposes);

    private static async Task<ConsoleRun> Made(params string[] arguments)
    {
        var run = await ConsoleRun.Of(arguments);
        run.ExitCode.ShouldBe(ExitCodes.Done, run.Error);
        return run;
    }

    private static async Task<string> Refused(params string[] arguments)
    {
        var run = await ConsoleRun.Of(arguments);
        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        return run.Error;
    }
}
