using System.Net;
using System.Net.Sockets;
using Grid.Client.Certificates;
using Grid.Client.Doctor;
using Grid.Experiments.Measurement.Energy.Meters;
using Grid.Experiments.Store;
using Grid.Silo.Security;
using Grid.Silo.Settings;
using Grid.Tests;

namespace Grid.Client.Tests.Doctor;

/// <summary>What the doctor says of what a cluster takes: certificates, ports, clocks, meters, and whoever collects telemetry.</summary>
public sealed class ClusterDoctorTests : IDisposable
{
    private static readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_certificate_of_the_authority_is_well_and_says_until_when()
    {
        var check = CertificateChecks.Of(Issue(days: 200), open: true, now);

        check.Status.ShouldBe(CheckStatus.Ok);
        check.Found.ShouldContain($"until {now.AddDays(200):yyyy-MM}");
    }

    [Fact]
    public void One_that_expires_soon_is_told_with_the_command_that_makes_another() =>
        CertificateChecks.Of(Issue(days: 10), open: true, now).Advice!.ShouldContain("grid certs issue NAME");

    [Fact]
    public void One_that_has_expired_is_a_problem() =>
        CertificateChecks.Of(Issue(days: 10), open: true, now.AddDays(11)).ShouldSatisfyAllConditions(
            check => check.Status.ShouldBe(CheckStatus.Problem), check => check.Advice!.ShouldContain("expired"));

    [Fact]
    public void A_key_that_others_can_read_is_told_with_the_command_that_keeps_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        var files = Issue(days: 200);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(files.Key, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        CertificateChecks.Of(files, open: true, now).Advice.ShouldBe($"Keep it to its user: chmod 600 {files.Key}");
    }

    [Fact]
    public void Without_certificates_it_depends_on_who_reaches_the_silos()
    {
        CertificateChecks.Of(null, open: true, now).Status.ShouldBe(CheckStatus.Warning);
        CertificateChecks.Of(null, open: false, now).Status.ShouldBe(CheckStatus.Ok);
    }

    [Fact]
    public void A_port_that_is_taken_names_the_setting_unless_a_silo_of_the_cluster_has_it()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var environment = new Dictionary<string, string> { ["GRID_GATEWAY_PORT"] = $"{port}", ["GRID_SILO_PORT"] = "0" };

        var foreign = PortChecks.Of(new ClusterAccess("Host=none"), environment, []);
        var ours = PortChecks.Of(new ClusterAccess("Host=none"), environment, [new MemberSilo("one", IPAddress.Loopback, 1, port)]);

        foreign.ShouldHaveSingleItem().Advice.ShouldBe("A silo on this machine needs another: --gateway-port or GRID_GATEWAY_PORT.");
        ours.ShouldHaveSingleItem().Status.ShouldBe(CheckStatus.Ok);
    }

    [Fact]
    public void Ports_that_are_free_are_listed()
    {
        var free = FreePort();

        PortChecks.Of(new ClusterAccess("Host=none"), new Dictionary<string, string> { ["GRID_GATEWAY_PORT"] = "0", ["GRID_SILO_PORT"] = $"{free}" }, [])
            .ShouldHaveSingleItem().Found.ShouldContain($"127.0.0.1:{free}");
    }

    [Fact]
    public async Task Whoever_collects_telemetry_is_called()
    {
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        var port = ((IPEndPoint)collector.LocalEndpoint).Port;

        (await Otlp($"http://127.0.0.1:{port}")).Status.ShouldBe(CheckStatus.Ok);
        (await Otlp($"http://127.0.0.1:{FreePort()}")).Status.ShouldBe(CheckStatus.Warning);
        (await Otlp("nowhere")).Found.ShouldContain("is no address");
        (await OtlpChecks.Of(new Dictionary<string, string>(), TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0.2, 0.001, "Ok", "200 ms behind the database's")]
    [InlineData(-3600, 0.001, "Warning", "3600 s ahead of the database's")]
    [InlineData(6, 2, "Ok", "6.00 s behind the database's (to within 2.00 s)")]
    public void A_clock_that_is_far_from_the_database_s_is_told(double ahead, double uncertainty, string status, string found)
    {
        var check = new ClockCheck(new SetClock()).End(TimeSpan.FromSeconds(ahead), TimeSpan.FromSeconds(uncertainty));

        check.Status.ToString().ShouldBe(status);
        check.Found.ShouldContain(found);
    }

    [Fact]
    public void A_clock_that_is_set_meanwhile_is_told()
    {
        var time = new SetClock();
        var check = new ClockCheck(time);
        time.Set = TimeSpan.FromSeconds(20);

        check.End().Found.ShouldContain("set by 20.0 s");
    }

    [Fact]
    public void A_meter_that_is_there_says_what_it_counts_and_one_that_is_not_says_why()
    {
        var none = Meters((MeterSettings.PowercapVariable, folder.File("none")));
        var told = Meters((MeterSettings.PowercapVariable, folder.File("none")), (MeterSettings.CoreWattsVariable, "8"));

        none["meter rapl"].Found.ShouldContain($"there is no {folder.File("none")}");
        none["meter core-watts"].Advice!.ShouldContain("GRID_CORE_WATTS");
        told["meter core-watts"].Found.ShouldBe("8 W for each busy core, an estimate");
        Meters((MeterSettings.CoreWattsVariable, "much"))["meters"].Status.ShouldBe(CheckStatus.Problem);
    }

    [Fact]
    public async Task A_cluster_that_nobody_knows_and_one_whose_database_is_away_are_problems()
    {
        var config = folder.File("config");
        Directory.CreateDirectory(Path.Combine(config, "grid"));
        await File.WriteAllTextAsync(Path.Combine(config, "grid", "clusters.yaml"), $"away: {{ store: Host=127.0.0.1;Port={FreePort()};Database=grid;Username=grid }}\n");
        var environment = new Dictionary<string, string> { ["XDG_CONFIG_HOME"] = config, ["XDG_CACHE_HOME"] = folder.File("cache") };

        var unknown = await ConsoleRun.Of(environment, ["doctor", "--cluster", "none", "--home", folder.File("home"), "--json"]);
        var away = await ConsoleRun.Of(environment, ["doctor", "--cluster", "away", "--home", folder.File("home"), "--json"]);

        unknown.ExitCode.ShouldBe(ExitCodes.BadInput);
        unknown.Document["checks"]!.AsArray().Single(c => c!["name"]!.GetValue<string>() == "cluster")!["advice"]!.GetValue<string>().ShouldContain("There is no cluster 'none'");
        away.ExitCode.ShouldBe(ExitCodes.BadInput);
        away.Document["checks"]!.AsArray().Single(c => c!["name"]!.GetValue<string>() == "database")!["advice"]!.GetValue<string>().ShouldContain("cannot be reached");
    }

    private static Dictionary<string, Check> Meters(params (string Name, string Value)[] environment) =>
        MeterChecks.Of(environment.ToDictionary(v => v.Name, v => v.Value).GetValueOrDefault).ToDictionary(c => c.Name);

    private static async Task<Check> Otlp(string endpoint) => (await OtlpChecks.Of(
        new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint }, TestContext.Current.CancellationToken)).ShouldHaveSingleItem();

    /// <summary>A clock that somebody sets, while time goes on as ever.</summary>
    private sealed class SetClock : TimeProvider
    {
        public TimeSpan Set { get; set; }

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + Set;

        public override long GetTimestamp() => 0;
    }

    private TlsFiles Issue(int days)
    {
        AuthorityFiles.Create(folder.Path, now, TimeSpan.FromDays(3650), force: true);
        var made = AuthorityFiles.Issue("laptop", forClient: true, folder.Path, folder.Path, now, TimeSpan.FromDays(days), force: true);
        return new TlsFiles(made.Certificate, made.Key, made.Authority);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
