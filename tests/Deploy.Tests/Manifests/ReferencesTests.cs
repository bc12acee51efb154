using Grid.Client.Kubernetes;
using k8s.Models;

namespace Grid.Deploy.Tests.Manifests;

/// <summary>What one object says of another: Kubernetes itself would not complain, but nothing would come of it.</summary>
public sealed class ReferencesTests
{
    /// <summary>Made by hand, as deploy/k8s/README.md tells.</summary>
    private static readonly Dictionary<string, string[]> secretsByHand = new()
    {
        ["grid-store"] = ["connection"],
        ["grid-silo-tls"] = ["ca.crt", "tls.crt", "tls.key"],
        ["grid-client-tls"] = ["ca.crt", "tls.crt", "tls.key"],
        ["grid-keda"] = ["connection"],
    };

    [Theory]
    [MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public void A_selector_of_a_Deployment_matches_its_own_pods_and_no_others(string name)
    {
        var overlay = Overlay.Render(name);

        overlay.Deployments.Count.ShouldBeGreaterThan(2);
        foreach (var deployment in overlay.Deployments)
            overlay.Deployments.Where(d => Matches(deployment.Spec.Selector, d)).ShouldBe([deployment], deployment.Name());
    }

    [Theory]
    [MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public void Every_other_selector_matches_some_pod(string name)
    {
        var overlay = Overlay.Render(name);
        var selectors = overlay.All<V1NetworkPolicy>().SelectMany(p => Peers(p).Select(s => (p.Name(), s)))
            .Concat(overlay.All<V1PodDisruptionBudget>().Select(b => (b.Name(), b.Spec.Selector)))
            .Concat(overlay.All<V1Service>().Select(s => (s.Name(), new V1LabelSelector { MatchLabels = s.Spec.Selector })))
            .ToList();

        selectors.Count.ShouldBeGreaterThan(10);
        selectors.Where(s => !overlay.Deployments.Any(d => Matches(s.Item2, d))).Select(s => s.Item1).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public void Every_silo_has_a_disruption_budget_and_a_pool_of_its_own(string name)
    {
        var overlay = Overlay.Render(name);

        overlay.Silos.ShouldNotBeEmpty();
        foreach (var silo in overlay.Silos)
            overlay.All<V1PodDisruptionBudget>().Count(b => Matches(b.Spec.Selector, silo)).ShouldBe(1, silo.Name());
        overlay.Silos.Select(s => s.GetLabel(ScalablePool.Label)).ShouldBeUnique();
        overlay.Silos.ShouldAllBe(s => s.Spec.Template.Metadata.Labels[ScalablePool.Label] == s.GetLabel(ScalablePool.Label));
    }

    [Theory]
    [MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public void Accounts_claims_and_secrets_are_there(string name)
    {
        var overlay = Overlay.Render(name);
        var pods = overlay.Deployments.Select(d => d.Spec.Template.Spec).ToList();
        var volumes = pods.SelectMany(p => p.Volumes).ToList();
        var secrets = overlay.All<V1Secret>().ToDictionary(s => s.Name(), s => s.StringData.Keys.ToArray());

        pods.Select(p => p.ServiceAccountName).OfType<string>().ShouldBeSubsetOf(overlay.All<V1ServiceAccount>().Select(a => a.Name()));
        volumes.Select(v => v.PersistentVolumeClaim?.ClaimName).OfType<string>().ShouldBeSubsetOf(overlay.All<V1PersistentVolumeClaim>().Select(c => c.Name()));
        foreach (var (secret, key) in volumes.Where(v => v.Secret is not null).SelectMany(v => (v.Secret.Items ?? []).Select(i => (v.Secret.SecretName, i.Key)))
            .Concat(volumes.Where(v => v.Secret is { Items: null }).Select(v => (v.Secret.SecretName, "tls.key")))
            .Concat(overlay.All<TriggerAuthentication>().SelectMany(t => t.Spec.SecretTargetRef.Select(r => (r.Name, r.Key)))))
        {
            secrets.GetValueOrDefault(secret, secretsByHand.GetValueOrDefault(secret, [])).ShouldContain(key, secret);
        }
    }

    [Theory]
    [MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public void Every_mount_has_its_volume_and_every_volume_its_mount(string name)
    {
        foreach (var pod in Overlay.Render(name).Deployments.Select(d => d.Spec.Template.Spec))
        {
            pod.Containers.SelectMany(c => c.VolumeMounts).Select(m => m.Name).ShouldBe(pod.Volumes.Select(v => v.Name), ignoreOrder: true);
            pod.Containers.SelectMany(c => c.VolumeMounts).Select(m => m.MountPath).ShouldBeUnique();
        }
    }

    [Fact]
    public void The_README_tells_how_to_make_each_secret()
    {
        var page = ManifestFiles.Text("README.md");

        foreach (var secret in secretsByHand.Keys)
            page.ShouldContain($"create secret generic {secret} ");
    }

    [Fact]
    public void Only_the_overlay_for_trying_holds_a_secret() =>
        ManifestFiles.Names.Select(n => (string)n).Where(f => ManifestFiles.Read(f).OfType<V1Secret>().Any()).ShouldBe(["overlays/dev/secret.yaml"]);

    private static IEnumerable<V1LabelSelector> Peers(V1NetworkPolicy policy) => new[] { policy.Spec.PodSelector }
        .Concat((policy.Spec.Ingress ?? []).SelectMany(r => r.FromProperty ?? []).Concat((policy.Spec.Egress ?? []).SelectMany(r => r.To ?? []))
            .Select(p => p.PodSelector).OfType<V1LabelSelector>());

    internal static bool Matches(V1LabelSelector selector, V1Deployment deployment)
    {
        var labels = deployment.Spec.Template.Metadata.Labels;
        return (selector.MatchLabels ?? new Dictionary<string, string>()).All(l => labels.TryGetValue(l.Key, out var value) && value == l.Value)
            && (selector.MatchExpressions ?? []).All(e => e.OperatorProperty switch
            {
                "In" => labels.TryGetValue(e.Key, out var value) && e.Values.Contains(value),
                "NotIn" => !labels.TryGetValue(e.Key, out var value) || !e.Values.Contains(value),
                _ => throw new NotSupportedException($"The operator {e.OperatorProperty} is not known to the test."),
            });
    }
}
