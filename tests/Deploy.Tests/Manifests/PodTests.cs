using Grid.Silo.Hosting;
using Grid.Silo.Probes;
using Grid.Silo.Settings;
using k8s.Models;

namespace Grid.Deploy.Tests.Manifests;

/// <summary>What all silos' pods have in common, as it stands in its file: these checks need no kubectl.</summary>
public sealed class PodTests
{
    private static readonly V1PodSpec pod = ManifestFiles.Read("components/silo/pod.yaml").OfType<V1Deployment>().ShouldHaveSingleItem().Spec.Template.Spec;

    private static readonly Dictionary<string, string> settings = ManifestFiles.Text("base/settings.env").Split('\n')
        .Where(l => l.Length > 0 && !l.StartsWith('#')).Select(l => l.Split('=', 2)).ToDictionary(l => l[0], l => l[1]);

    private static readonly V1Container container = pod.Containers.ShouldHaveSingleItem();

    [Fact]
    public void Its_probes_ask_what_a_silo_answers() =>
        new[] { container.StartupProbe, container.ReadinessProbe, container.LivenessProbe }.Select(p => p.HttpGet.Path)
            .ShouldBe([ProbePaths.Startup, ProbePaths.Ready, ProbePaths.Live]);

    [Fact]
    public void Its_ports_are_those_of_the_settings()
    {
        var ports = container.Ports.ToDictionary(p => p.Name, p => $"{p.ContainerPort}");

        ports["silo"].ShouldBe(settings[SiloSetting.SiloPort.Variable]);
        settings[SiloSetting.Probes.Variable].ShouldEndWith($":{ports["probes"]}");
        settings[SiloSetting.Metrics.Variable].ShouldEndWith($":{ports["metrics"]}");
    }

    [Fact]
    public void It_is_given_more_time_to_end_than_the_silo_takes() =>
        pod.TerminationGracePeriodSeconds!.Value.ShouldBeGreaterThan(int.Parse(settings[SiloSetting.DrainTime.Variable]) + (long)ClusterSilo.LeaveTime.TotalSeconds);

    [Fact]
    public void Its_name_and_address_are_the_pod_s_own() => container.Env.Where(e => e.ValueFrom?.FieldRef is not null)
        .ToDictionary(e => e.Name, e => e.ValueFrom.FieldRef.FieldPath).ShouldBe(
            new Dictionary<string, string> { [SiloSetting.Name.Variable] = "metadata.name", [SiloSetting.Advertise.Variable] = "status.podIP" });
}
