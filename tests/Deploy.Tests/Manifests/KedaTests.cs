using System.Globalization;
using Grid.Client.Kubernetes;
using Grid.Experiments.Stages;
using k8s.Models;

namespace Grid.Deploy.Tests.Manifests;

public sealed class KedaTests
{
    [Theory]
    [InlineData("prod-cpu", "grid-measure", "grid-train")]
    [InlineData("prod-gpu", "grid-measure", "grid-train", "grid-train-cuda")]
    public void Each_pool_that_computes_is_scaled_and_by_nothing_else(string name, params string[] pools)
    {
        var overlay = Overlay.Render(name);
        var scaled = overlay.All<ScaledObject>();

        scaled.Select(s => s.Spec.ScaleTargetRef.Name).Order().ShouldBe(pools);
        foreach (var rule in scaled)
        {
            var target = overlay.Deployments.Single(d => d.Name() == rule.Spec.ScaleTargetRef.Name);

            // grid scale tells people to pause it by that name.
            rule.Metadata.Name.ShouldBe(target.Name());
            $"{rule.Spec.ScaleTargetRef.ApiVersion} {rule.Spec.ScaleTargetRef.Kind}".ShouldBe("apps/v1 Deployment");
            target.Spec.Replicas.ShouldBeNull("What is applied again would undo what KEDA did.");
            target.GetAnnotation(ScalablePool.ScaledByAnnotation).ShouldBe("keda");
            overlay.All<TriggerAuthentication>().Select(t => t.Metadata.Name).ShouldContain(rule.Spec.Triggers.ShouldHaveSingleItem().AuthenticationRef!.Name);
        }
        overlay.Deployments.Where(d => d.GetAnnotation(ScalablePool.ScaledByAnnotation) is not null).Select(d => d.Name()).Order().ShouldBe(pools);
    }

    [Theory]
    [InlineData("prod-cpu")]
    [InlineData("prod-gpu")]
    public void A_silo_that_trains_is_added_for_as_many_stages_as_it_has_slots(string name)
    {
        var overlay = Overlay.Render(name);

        var training = overlay.All<ScaledObject>().Where(s => s.Metadata.Name.StartsWith("grid-train", StringComparison.Ordinal)).ToList();

        training.ShouldNotBeEmpty();
        foreach (var rule in training)
            rule.Spec.Triggers[0].Metadata.TargetQueryValue.ShouldBe(
                overlay.Environment(overlay.Deployments.Single(d => d.Name() == rule.Spec.ScaleTargetRef.Name))["GRID_SLOTS"]);
    }

    [Theory]
    [InlineData("prod-cpu")]
    [InlineData("prod-gpu")]
    public void A_rule_counts_what_waits_in_the_pool_that_its_silos_serve(string name)
    {
        var overlay = Overlay.Render(name);

        foreach (var rule in overlay.All<ScaledObject>())
        {
            var settings = overlay.Environment(overlay.Deployments.Single(d => d.Name() == rule.Spec.ScaleTargetRef.Name));
            var pool = settings["GRID_ROLE"] == "measure" ? PoolNames.Measure(settings["GRID_DEVICE_CLASS"]) : PoolNames.Train(settings["GRID_ACCELERATOR"]);
            rule.Spec.Triggers[0].Metadata.Query.ShouldContain($"and pool = '{pool}' ");
        }
    }

    [Fact]
    public void The_pool_of_GPUs_comes_from_nothing_and_the_others_keep_one_silo()
    {
        Rules().Select(r => $"{r.Metadata.Name} {r.Spec.MinReplicaCount}").ShouldBe(["grid-train-cuda 0", "grid-measure 1", "grid-train 1"], ignoreOrder: true);
        Rules().ShouldAllBe(r => r.Spec.MaxReplicaCount > r.Spec.MinReplicaCount);
    }

    [Fact]
    public void Values_are_numbers_and_the_queries_change_nothing()
    {
        foreach (var trigger in Rules().SelectMany(r => r.Spec.Triggers))
        {
            trigger.Type.ShouldBe("postgresql");
            trigger.MetricType.ShouldBe("AverageValue");
            double.Parse(trigger.Metadata.TargetQueryValue, CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
            double.Parse(trigger.Metadata.ActivationTargetQueryValue, CultureInfo.InvariantCulture).ShouldBe(0);
            trigger.Metadata.Query.ShouldStartWith("select count(*) from stage ");
        }
    }

    internal static IReadOnlyList<ScaledObject> Rules() =>
        [.. ManifestFiles.Names.Select(n => (string)n).Where(f => f.StartsWith("components/keda", StringComparison.Ordinal))
            .SelectMany(ManifestFiles.Read).OfType<ScaledObject>()];
}
