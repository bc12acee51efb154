using k8s.Models;

namespace Grid.Deploy.Tests.Manifests;

/// <summary>What Prometheus is told to scrape.</summary>
public sealed class MetricsTests
{
    private const string Path = "/metrics";

    [Theory]
    [MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public void Every_silo_says_where_its_metrics_are(string name)
    {
        foreach (var silo in Overlay.Render(name).Silos)
        {
            var annotations = silo.Spec.Template.Metadata.Annotations;
            var port = Overlay.Container(silo).Ports.Single(p => p.Name == "metrics").ContainerPort;

            annotations["prometheus.io/scrape"].ShouldBe("true");
            (annotations["prometheus.io/port"], annotations["prometheus.io/path"]).ShouldBe(($"{port}", Path));
        }
    }

    [Theory]
    [InlineData("prod-cpu")]
    [InlineData("prod-gpu")]
    public void The_operator_finds_every_silo_and_nothing_else(string name)
    {
        var overlay = Overlay.Render(name);
        var monitor = overlay.All<PodMonitor>().ShouldHaveSingleItem();

        overlay.Deployments.Where(d => ReferencesTests.Matches(monitor.Spec.Selector, d)).Select(d => d.Name())
            .ShouldBe(overlay.Silos.Select(s => s.Name()), ignoreOrder: true);
        var endpoint = monitor.Spec.PodMetricsEndpoints.ShouldHaveSingleItem();
        (endpoint.Port, endpoint.Path).ShouldBe(("metrics", Path));
    }

    [Theory]
    [MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public void Metrics_are_not_for_everybody(string name)
    {
        var rules = Overlay.Render(name).All<V1NetworkPolicy>().SelectMany(p => p.Spec.Ingress ?? []).Where(r => r.Ports.Any(p => p.Port.Value == "9464")).ToList();

        rules.ShouldHaveSingleItem().FromProperty.ShouldNotBeEmpty();
    }
}
