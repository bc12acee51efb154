using Grid.Deploy.Tests.Manifests;
using Grid.Tests;
using k8s.Models;
using YamlDotNet.Serialization;

namespace Grid.Deploy.Tests.Grafana;

/// <summary>The dashboards on Kubernetes.</summary>
public sealed class ComponentTests
{
    [Fact]
    public void The_component_names_every_dashboard() =>
        ((List<object>)((Dictionary<object, object>)((List<object>)new DeserializerBuilder().Build()
            .Deserialize<Dictionary<string, object>>(File.ReadAllText(RepositoryRoot.File("deploy", "grafana", "kustomization.yaml")))["configMapGenerator"])[0])["files"])
        .ShouldBe(Dashboard.All.Select(d => $"dashboards/{d.File}"));

    [Theory]
    [InlineData("prod-cpu")]
    [InlineData("prod-gpu")]
    public void A_sidecar_finds_every_dashboard_as_it_stands_in_its_file(string overlay)
    {
        var map = Overlay.Render(overlay).All<V1ConfigMap>().Single(m => m.GetLabel("grafana_dashboard") == "1");

        map.Data.ShouldBe(Dashboard.All.ToDictionary(d => d.File, d => d.Text), ignoreOrder: true);
        // Kubernetes keeps no more than a mebibyte in one.
        map.Data.Values.Sum(text => text.Length).ShouldBeLessThan(900_000);
    }
}
