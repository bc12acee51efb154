using System.Net;
using System.Text.RegularExpressions;
using Grid.Silo.Hosting;
using Grid.Silo.Security;
using Grid.Silo.Settings;
using Grid.Tests;
using YamlDotNet.Core;

namespace Grid.Deploy.Tests.Grafana;

/// <summary>deploy/compose.yaml and the files that it mounts, as far as they can be judged without a container engine.</summary>
public sealed partial class ComposeTests
{
    private readonly ComposeFile file = ComposeFile.Read();

    private IEnumerable<(string Name, ComposeService Service)> Services => file.Services.Select(s => (s.Key, s.Value));

    private IEnumerable<(string Name, ComposeService Service)> Silos => Services.Where(s => s.Service.Image.StartsWith("grid-silo:", StringComparison.Ordinal));

    [Theory]
    [InlineData("services: { a: { imaje: b } }")]
    [InlineData("services: { a: { image: b, image: c } }")]
    [InlineData("services: { a: { read_only: perhaps } }")]
    public void A_mistake_is_found(string yaml) => Should.Throw<YamlException>(() => ComposeFile.Parse(yaml));

    [Fact]
    public void Images_are_pinned_or_built_from_a_file_that_is_there()
    {
        foreach (var (name, service) in Services)
            if (service.Build is { } build)
                File.Exists(Path.Combine(ComposeFile.Folder, build.Context, build.Dockerfile)).ShouldBeTrue(name);
            else if (service.Image.StartsWith("grid-", StringComparison.Ordinal))
                Services.ShouldContain(s => s.Service.Build != null && s.Service.Image == service.Image, name);
            else
                Pinned().IsMatch(service.Image).ShouldBeTrue(service.Image);
    }

    [Fact]
    public void Nothing_is_published_beyond_this_machine()
    {
        var ports = Services.SelectMany(s => s.Service.Ports.Select(port => (s.Name, port))).ToList();

        ports.ShouldBe([("grafana", "127.0.0.1:3000:3000")]);
    }

    [Fact]
    public void What_is_mounted_is_there_and_what_is_waited_for_is_a_service()
    {
        foreach (var (name, service) in Services)
        {
            foreach (var source in service.Volumes.Select(v => v.Split(':')[0]))
                (file.Volumes.ContainsKey(source) || Path.Exists(Path.Combine(ComposeFile.Folder, source))).ShouldBeTrue($"{name}: {source}");
            service.Volumes.Where(v => v.StartsWith('.')).ShouldAllBe(v => v.EndsWith(":ro", StringComparison.Ordinal));
            service.DependsOn.Keys.ShouldBeSubsetOf(file.Services.Keys, name);
            service.Networks.Keys.ShouldBe(file.Networks.Keys, ignoreOrder: true, name);
        }
    }

    [Fact]
    public void Addresses_lie_in_the_network_and_nobody_is_given_one_of_them_by_chance()
    {
        var config = file.Networks.Values.Single().Ipam.Config.Single();
        var fixedOnes = Services.SelectMany(s => s.Service.Networks.Values).Where(a => a is { Ipv4Address.Length: > 0 }).Select(a => IPAddress.Parse(a.Ipv4Address)).ToList();

        fixedOnes.ShouldBeUnique();
        fixedOnes.ShouldAllBe(a => IPNetwork.Parse(config.Subnet).Contains(a));
        fixedOnes.ShouldAllBe(a => !IPNetwork.Parse(config.IpRange).Contains(a));
    }

    [Fact]
    public void Silos_accept_their_settings()
    {
        Silos.Select(s => s.Name).ShouldBe(["control", "worker"]);
        foreach (var (name, service) in Silos)
        {
            var settings = SettingsOf(service);

            settings.Name.ShouldBe(name);
            settings.Listen.ToString().ShouldBe(service.Networks.Values.Single().Ipv4Address);
            settings.Advertise.ShouldBe(settings.Listen);
            new ListenPolicy(settings.Listen, Tls: false, settings.Insecure).Error.ShouldBeNull();
            TimeSpan.FromSeconds(int.Parse(service.StopGracePeriod.TrimEnd('s'))).ShouldBeGreaterThan(settings.DrainTime + ClusterSilo.LeaveTime);
            service.Tmpfs.ShouldContain($"{settings.Cache}:uid=1654");
        }
        Silos.Aggregate(SiloRoles.None, (all, s) => all | SettingsOf(s.Service).Roles).ShouldBe(SiloRoles.Control | SiloRoles.Train | SiloRoles.Measure);
    }

    [Fact]
    public void Prometheus_scrapes_every_silo_where_it_listens()
    {
        var targets = Target().Matches(File.ReadAllText(RepositoryRoot.File("deploy", "grafana", "prometheus.yaml"))).Select(m => m.Value);

        targets.ShouldBe(Silos.Select(s => $"{s.Name}:{SettingsOf(s.Service).Telemetry.Prometheus!.Port}"));
        // Sent by OTLP as well, every number would be there twice.
        Silos.ShouldAllBe(s => SettingsOf(s.Service).Telemetry.Traces && !SettingsOf(s.Service).Telemetry.Metrics);
    }

    [Fact]
    public void Grafana_has_every_variable_of_its_data_sources_and_each_mounted_file_is_where_another_looks_for_it()
    {
        var grafana = file.Services["grafana"];
        var sources = File.ReadAllText(RepositoryRoot.File("deploy", "grafana", "provisioning", "datasources", "grid.yaml"));
        var mounted = grafana.Volumes.Select(v => v.Split(':')[1]).ToList();

        EnvironmentVariable().Matches(sources).Select(m => m.Groups["name"].Value).ShouldBeSubsetOf(grafana.Environment.Keys);
        mounted.ShouldContain(Dashboards().Match(File.ReadAllText(RepositoryRoot.File("deploy", "grafana", "provisioning", "dashboards", "grid.yaml"))).Groups["path"].Value);
        mounted.ShouldContain(RuleFile().Match(File.ReadAllText(RepositoryRoot.File("deploy", "grafana", "prometheus.yaml"))).Groups["path"].Value);
        file.Services["reader"].Environment["READER_PASSWORD"].ShouldBe(grafana.Environment["READER_PASSWORD"]);
        // As the dashboards choose them.
        foreach (var variable in Dashboard.All.SelectMany(d => d.Variables).Where(v => (string?)v["type"] == "datasource"))
            sources.ShouldContain($"uid: {variable["current"]!["value"]}\n");
    }

    private static SiloSettings SettingsOf(ComposeService service) => SiloSettings.Read(_ => null, service.Environment.GetValueOrDefault);

    [GeneratedRegex(@"^[\w./-]+:\d+\.\d+(\.\d+)?$")]
    private static partial Regex Pinned();

    [GeneratedRegex(@"\b\w+:\d{4,5}\b")]
    private static partial Regex Target();

    [GeneratedRegex(@"\$(?<name>[A-Z_]+)")]
    private static partial Regex EnvironmentVariable();

    [GeneratedRegex(@"path: (?<path>\S+)")]
    private static partial Regex Dashboards();

    [GeneratedRegex(@"rule_files:\s+- (?<path>\S+)")]
    private static partial Regex RuleFile();
}
