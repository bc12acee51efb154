using System.Net;
using Grid.Silo.Settings;
using Grid.Silo.Telemetry;
using Grid.Tests;

namespace Grid.Silo.Tests.Settings;

public sealed class SiloSettingsTests
{
    private const string Connection = "Host=db;Database=grid;Username=grid;Password=s3cret";

    private readonly Dictionary<string, string> flags = [];
    private readonly Dictionary<string, string> variables = new() { ["GRID_STORE"] = Connection };

    [Fact]
    public void Everything_but_the_store_has_a_default()
    {
        var settings = Read();

        settings.Cluster.Store.ShouldBe(Connection);
        settings.Roles.ShouldBe(SiloRoles.Control | SiloRoles.Train | SiloRoles.Measure);
        (settings.Listen, settings.Advertise).ShouldBe((IPAddress.Loopback, IPAddress.Loopback));
        (settings.Slots, settings.DeviceClass, settings.Cluster.Id).ShouldBe((Environment.ProcessorCount, "local", "grid"));
        (settings.Cluster.Tls, settings.Insecure, settings.Probes, settings.Cluster.ArtifactsFolder).ShouldBe((null, false, null, null));
        settings.Telemetry.ShouldBe(TelemetrySettings.None);
    }

    [Fact]
    public void A_flag_wins_over_its_variable()
    {
        variables["GRID_SLOTS"] = "3";
        flags["--slots"] = "5";
        variables["GRID_DEVICE_CLASS"] = "xeon-1";

        var settings = Read();

        (settings.Slots, settings.DeviceClass).ShouldBe((5, "xeon-1"));
    }

    [Fact]
    public void Every_error_is_told_at_once_with_its_name_what_was_found_and_what_is_accepted()
    {
        variables.Clear();
        flags["--slots"] = "0";
        flags["--role"] = "control,trian";
        variables["GRID_LISTEN"] = "everywhere";
        flags["--device-class"] = "a/b";
        flags["--probes"] = "8080";
        flags["--accelerator"] = "tpu";
        flags["--tls-key"] = "key.pem";

        var errors = Should.Throw<SettingsException>(() => Read()).Errors;

        errors.Count.ShouldBe(8);
        errors.ShouldContain(e => e.Contains("GRID_STORE"));
        errors.ShouldContain(e => e.StartsWith("--slots is '0'; accepted: a whole number from 1"));
        errors.ShouldContain(e => e.StartsWith("--role is 'control,trian'; accepted: any of control, train and measure"));
        errors.ShouldContain(e => e.StartsWith("GRID_LISTEN is 'everywhere'; accepted: an IP address"));
        errors.ShouldContain(e => e.StartsWith("--device-class is 'a/b'"));
        errors.ShouldContain(e => e.StartsWith("--probes is '8080'"));
        errors.ShouldContain(e => e.StartsWith("--accelerator is 'tpu'; accepted: cpu or cuda"));
        errors.ShouldContain(e => e.Contains("GRID_TLS_CERTIFICATE"));
    }

    [Fact]
    public void Telemetry_is_what_its_own_setting_and_the_variables_of_OpenTelemetry_say()
    {
        flags["--metrics"] = "127.0.0.1:9464";
        Read().Telemetry.ShouldBe(new TelemetrySettings(Prometheus: new IPEndPoint(IPAddress.Loopback, 9464)));

        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:4318";
        flags["--metrics"] = "off";
        Read().Telemetry.ShouldBe(new TelemetrySettings(Traces: true, Metrics: true));

        variables["OTEL_METRICS_EXPORTER"] = "none";
        Read().Telemetry.ShouldBe(new TelemetrySettings(Traces: true));

        variables["OTEL_SDK_DISABLED"] = "true";
        Read().Telemetry.ShouldBe(TelemetrySettings.None);

        flags["--metrics"] = "everywhere";
        Should.Throw<SettingsException>(() => Read()).Message.ShouldContain("--metrics is 'everywhere'; accepted: ADDRESS:PORT");
    }

    [Fact]
    public void The_store_may_stand_in_a_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("store"), Connection + "\n");
        variables.Clear();
        variables["GRID_STORE_FILE"] = folder.File("store");

        Read().Cluster.Store.ShouldBe(Connection);
    }

    [Fact]
    public void An_address_that_nobody_can_reach_is_not_advertised()
    {
        flags["--listen"] = "0.0.0.0";

        Should.Throw<SettingsException>(() => Read()).Message.ShouldContain("--advertise");

        flags["--advertise"] = "10.0.0.7";
        Read().Advertise.ShouldBe(IPAddress.Parse("10.0.0.7"));
    }

    [Fact]
    public void The_password_of_the_store_is_in_no_text() => Read().ToString().ShouldNotContain("s3cret");

    [Fact]
    public void Flags_and_variables_are_unique()
    {
        SiloSetting.All.Select(s => s.Flag).ShouldBeUnique();
        SiloSetting.All.Select(s => s.Variable).ShouldBeUnique();
        SiloSetting.All.ShouldAllBe(s => s.Flag.StartsWith("--") && s.Variable.StartsWith("GRID_"));
    }

    private SiloSettings Read() => SiloSettings.Read(setting => flags.GetValueOrDefault(setting.Flag), variables.GetValueOrDefault);
}
