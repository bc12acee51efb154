using System.Text.RegularExpressions;
using Grid.Client.Kubernetes;
using Grid.Experiments.Datasets;
using Grid.Experiments.Measurement.Energy.Meters;
using Grid.Experiments.Measurement.Machine;
using Grid.Silo.Hosting;
using Grid.Silo.Probes;
using Grid.Silo.Runners;
using Grid.Silo.Security;
using Grid.Silo.Settings;
using Grid.Tests;
using k8s.Models;

namespace Grid.Deploy.Tests.Manifests;

/// <summary>What the manifests tell the silos, read as the silos read it.</summary>
public sealed partial class SettingsTests
{
    private static readonly string[] known =
        [.. SiloSetting.All.Select(s => s.Variable), DatasetFolders.DataVariable, RunnerLocator.Variable, MachineGate.FolderVariable, MeterSettings.PowercapVariable];

    [Fact]
    public void Every_variable_in_a_file_of_deploy_is_a_real_setting()
    {
        var files = Directory.EnumerateFiles(RepositoryRoot.File("deploy"), "*", SearchOption.AllDirectories).ToList();
        var named = files.SelectMany(f => Variable().Matches(File.ReadAllText(f)).Select(m => m.Value)).Distinct().ToList();

        named.Count.ShouldBeGreaterThan(10);
        named.Except(known).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public void A_silo_accepts_its_settings_and_does_what_its_pool_is_named_for(string name)
    {
        var overlay = Overlay.Render(name);
        foreach (var silo in overlay.Silos)
        {
            var settings = Read(overlay, silo);

            var pool = silo.GetLabel(ScalablePool.Label);
            settings.Roles.ToString().ToLowerInvariant().ShouldStartWith(pool.Split('-')[0]);
            settings.Accelerator.ShouldBe(pool.EndsWith("-cuda", StringComparison.Ordinal) ? "cuda" : "cpu");
            settings.Name.ShouldStartWith("grid-");
            settings.Advertise.ToString().ShouldBe("10.1.2.3");
            var certificate = overlay.Environment(silo).ContainsKey(SiloSetting.TlsCertificate.Variable);
            new ListenPolicy(settings.Listen, certificate, settings.Insecure).Error.ShouldBeNull();
            settings.Insecure.ShouldBe(name == "dev");
        }
    }

    [Theory]
    [MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public void A_silo_that_computes_has_a_core_for_each_slot(string name)
    {
        var overlay = Overlay.Render(name);
        var computing = overlay.Silos.Select(s => (Silo: s, Settings: Read(overlay, s))).Where(s => s.Settings.Roles != SiloRoles.Control).ToList();

        computing.ShouldNotBeEmpty();
        computing.ShouldAllBe(s => overlay.Environment(s.Silo).ContainsKey("GRID_SLOTS"));
        computing.ShouldAllBe(s => s.Settings.Slots <= Overlay.Container(s.Silo).Resources.Requests["cpu"].ToDecimal());
    }

    [Theory]
    [MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public void Every_port_is_a_real_listener_and_every_listener_has_its_port(string name)
    {
        var overlay = Overlay.Render(name);
        foreach (var silo in overlay.Silos)
        {
            var settings = Read(overlay, silo);
            var listeners = new Dictionary<string, int> { ["silo"] = settings.SiloPort, ["probes"] = settings.Probes!.Port, ["metrics"] = settings.Telemetry.Prometheus!.Port };
            if (settings.Roles.HasFlag(SiloRoles.Control))
                listeners["gateway"] = settings.GatewayPort;

            Overlay.Container(silo).Ports.ToDictionary(p => p.Name, p => p.ContainerPort).ShouldBe(listeners, ignoreOrder: true);
            (settings.Probes.Address, settings.Telemetry.Prometheus.Address).ShouldBe((System.Net.IPAddress.Any, System.Net.IPAddress.Any));
        }
    }

    [Theory]
    [MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public void Network_policies_open_the_ports_that_something_listens_on(string name)
    {
        var overlay = Overlay.Render(name);
        var policies = overlay.All<V1NetworkPolicy>();

        foreach (var policy in policies.Where(p => p.Spec.Ingress is not null))
        {
            var listening = overlay.Deployments.Where(d => ReferencesTests.Matches(policy.Spec.PodSelector, d)).ToList();
            listening.ShouldNotBeEmpty();
            foreach (var port in policy.Spec.Ingress.SelectMany(r => r.Ports))
                listening.ShouldAllBe(d => Overlay.Container(d).Ports.Any(p => p.ContainerPort == int.Parse(port.Port.Value)), policy.Name());
        }
        // DNS, other silos, gateways, PostgreSQL, the Kubernetes API.
        policies.SelectMany(p => p.Spec.Egress ?? []).SelectMany(r => r.Ports).Select(p => p.Port.Value).Distinct()
            .ShouldBe(["53", "11111", "30000", "5432", "443", "6443"], ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public void Services_lead_to_named_ports(string name)
    {
        var overlay = Overlay.Render(name);

        foreach (var service in overlay.All<V1Service>())
            foreach (var port in service.Spec.Ports)
                overlay.Deployments.Where(d => ReferencesTests.Matches(new V1LabelSelector { MatchLabels = service.Spec.Selector }, d))
                    .ShouldAllBe(d => Overlay.Container(d).Ports.Any(p => p.Name == port.TargetPort.Value && p.ContainerPort == port.Port), service.Name());
    }

    [Theory]
    [MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public void Every_probe_asks_an_endpoint_that_is_there(string name)
    {
        foreach (var container in Overlay.Render(name).Silos.Select(Overlay.Container))
        {
            container.StartupProbe.HttpGet.Path.ShouldBe(ProbePaths.Startup);
            container.ReadinessProbe.HttpGet.Path.ShouldBe(ProbePaths.Ready);
            container.LivenessProbe.HttpGet.Path.ShouldBe(ProbePaths.Live);
            new[] { container.StartupProbe, container.ReadinessProbe, container.LivenessProbe }.ShouldAllBe(p => p.HttpGet.Port.Value == "probes");
        }
    }

    [Theory]
    [MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public void A_pod_is_given_more_time_to_end_than_its_silo_takes(string name)
    {
        var overlay = Overlay.Render(name);
        foreach (var silo in overlay.Silos)
            TimeSpan.FromSeconds(silo.Spec.Template.Spec.TerminationGracePeriodSeconds!.Value).ShouldBeGreaterThan(Read(overlay, silo).DrainTime + ClusterSilo.LeaveTime);
    }

    [Theory]
    [MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public void What_a_silo_writes_to_and_reads_from_is_mounted(string name)
    {
        var overlay = Overlay.Render(name);
        foreach (var deployment in overlay.Deployments.Where(d => d.GetLabel(Overlay.Component) is "silo" or "client"))
        {
            var mounts = Overlay.Container(deployment).VolumeMounts;
            var variables = overlay.Environment(deployment);
            bool Mounted(string path, bool readOnly) =>
                mounts.Any(m => $"{path}/".StartsWith($"{m.MountPath}/", StringComparison.Ordinal) && (m.ReadOnlyProperty == true) == readOnly);

            Mounted(variables["GRID_CACHE"], readOnly: false).ShouldBeTrue(deployment.Name());
            foreach (var variable in new[] { "GRID_STORE_FILE", "GRID_DATA", "GRID_TLS_CERTIFICATE", "GRID_TLS_KEY", "GRID_TLS_CA" }.Where(variables.ContainsKey))
                Mounted(variables[variable], readOnly: true).ShouldBeTrue($"{deployment.Name()}: {variable}");
        }
    }

    private static SiloSettings Read(Overlay overlay, V1Deployment silo)
    {
        using var folder = new TemporaryFolder();
        var secret = folder.File("connection");
        File.WriteAllText(secret, "Host=db;Database=grid;Username=grid");
        var variables = overlay.Environment(silo);
        return SiloSettings.Read(_ => null, name => name == "GRID_STORE_FILE" ? secret : variables.GetValueOrDefault(name));
    }

    [GeneratedRegex(@"\bGRID_[A-Z_]+\b")]
    private static partial Regex Variable();
}
