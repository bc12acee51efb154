using k8s.Models;

namespace Grid.Deploy.Tests.Manifests;

public sealed class HardeningTests
{
    [Theory]
    [MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public void No_container_may_do_more_than_it_must(string name)
    {
        foreach (var deployment in Overlay.Render(name).Deployments)
        {
            var pod = deployment.Spec.Template.Spec;
            var container = Overlay.Container(deployment);

            pod.SecurityContext.RunAsNonRoot.ShouldBe(true, deployment.Name());
            pod.SecurityContext.RunAsUser!.Value.ShouldBeGreaterThan(0);
            pod.SecurityContext.SeccompProfile.Type.ShouldBe("RuntimeDefault");
            container.SecurityContext.AllowPrivilegeEscalation.ShouldBe(false);
            container.SecurityContext.ReadOnlyRootFilesystem.ShouldBe(true);
            container.SecurityContext.Capabilities.Drop.ShouldBe(["ALL"]);
            container.SecurityContext.Capabilities.Add.ShouldBeNull();
            pod.Volumes.ShouldAllBe(v => v.HostPath == null);
            container.VolumeMounts.ShouldContain(m => m.MountPath == "/tmp");
            // A Service called grid-silo would set GRID_SILO_PORT.
            pod.EnableServiceLinks.ShouldBe(false);
        }
    }

    [Theory]
    [MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public void Only_the_client_gets_a_token_of_the_Kubernetes_API_and_may_only_scale(string name)
    {
        var overlay = Overlay.Render(name);

        overlay.All<V1ServiceAccount>().ShouldAllBe(a => a.AutomountServiceAccountToken == false);
        overlay.Deployments.Where(d => d.Spec.Template.Spec.AutomountServiceAccountToken != false).Select(d => d.Name()).ShouldBe(["grid-client"]);
        overlay.All<V1Role>().ShouldHaveSingleItem().Rules.Select(r => $"{string.Join(',', r.Verbs)} {string.Join(',', r.Resources)}")
            .ShouldBe(["list deployments", "patch deployments/scale"]);
    }

    [Theory]
    [MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public void Memory_is_limited_and_processors_are_not(string name)
    {
        foreach (var deployment in Overlay.Render(name).Deployments)
        {
            var resources = Overlay.Container(deployment).Resources;

            resources.Limits.Keys.ShouldContain("memory", deployment.Name());
            resources.Limits.Keys.ShouldNotContain("cpu", deployment.Name());
            new[] { "cpu", "memory" }.ShouldBeSubsetOf(resources.Requests.Keys, deployment.Name());
        }
    }

    [Theory]
    [MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public void Whatever_is_not_allowed_is_denied(string name)
    {
        var policies = Overlay.Render(name).All<V1NetworkPolicy>();

        var closed = policies.Single(p => p.Name() == "deny-all").Spec;
        (closed.PodSelector.MatchLabels, closed.PodSelector.MatchExpressions, closed.Ingress, closed.Egress).ShouldBe((null, null, null, null));
        closed.PolicyTypes.ShouldBe(["Ingress", "Egress"]);
        policies.SelectMany(p => (p.Spec.Ingress ?? []).Select(r => r.Ports).Concat((p.Spec.Egress ?? []).Select(r => r.Ports)))
            .ShouldAllBe(ports => ports.Count > 0);
        // Nothing that may be called from everywhere but the probes.
        policies.Where(p => (p.Spec.Ingress ?? []).Any(r => r.FromProperty is null)).Select(p => p.Name()).ShouldBe(["probes"]);
    }

    [Theory]
    [MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public void Words_that_Kubernetes_takes_from_a_list_are_on_it(string name)
    {
        var overlay = Overlay.Render(name);

        overlay.Deployments.Select(d => d.Spec.Strategy?.Type).OfType<string>().ShouldBeSubsetOf(["RollingUpdate", "Recreate"]);
        overlay.All<V1Service>().Select(s => s.Spec.Type).OfType<string>().ShouldBeSubsetOf(["ClusterIP"]);
        overlay.All<V1NetworkPolicy>().SelectMany(p => p.Spec.PolicyTypes).ShouldBeSubsetOf(["Ingress", "Egress"]);
        overlay.All<V1PersistentVolumeClaim>().SelectMany(c => c.Spec.AccessModes).ShouldBeSubsetOf(["ReadOnlyMany", "ReadWriteOnce", "ReadWriteMany"]);
        var pods = overlay.Deployments.Select(d => d.Spec.Template.Spec).ToList();
        pods.SelectMany(p => p.Tolerations ?? []).Select(t => $"{t.OperatorProperty} {t.Effect}").ShouldBeSubsetOf(["Exists NoSchedule"]);
        pods.SelectMany(p => p.TopologySpreadConstraints ?? []).Select(t => t.WhenUnsatisfiable).ShouldBeSubsetOf(["ScheduleAnyway", "DoNotSchedule"]);
        overlay.Deployments.SelectMany(d => Overlay.Container(d).Ports ?? []).Select(p => p.Protocol).ShouldBeSubsetOf(["TCP"]);
        overlay.All<V1NetworkPolicy>().SelectMany(p => (p.Spec.Ingress ?? []).SelectMany(r => r.Ports).Concat((p.Spec.Egress ?? []).SelectMany(r => r.Ports)))
            .Select(p => p.Protocol).ShouldBeSubsetOf(["TCP", "UDP"]);
    }
}
