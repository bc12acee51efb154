using k8s;
using k8s.Models;

namespace Grid.Deploy.Tests.Manifests;

// The fields of KEDA's resources that Grid uses, after keda.sh/docs: a field that is not here is a mistake, or to be added.

internal sealed class ScaledObject : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "";
    public string Kind { get; set; } = "";
    public V1ObjectMeta Metadata { get; set; } = new();
    public ScaledObjectSpec Spec { get; set; } = new();
}

internal sealed class ScaledObjectSpec
{
    public ScaleTarget ScaleTargetRef { get; set; } = new();
    public int? MinReplicaCount { get; set; }
    public int? MaxReplicaCount { get; set; }

    /// <summary>Seconds.</summary>
    public int? PollingInterval { get; set; }

    /// <summary>Seconds.</summary>
    public int? CooldownPeriod { get; set; }
    public ScalingDetails? Advanced { get; set; }
    public IList<ScaleTrigger> Triggers { get; set; } = [];
}

internal sealed class ScaleTarget
{
    public string ApiVersion { get; set; } = "";
    public string Kind { get; set; } = "";
    public string Name { get; set; } = "";
}

internal sealed class ScalingDetails
{
    public HorizontalPodAutoscalerConfig? HorizontalPodAutoscalerConfig { get; set; }
}

internal sealed class HorizontalPodAutoscalerConfig
{
    public V2HorizontalPodAutoscalerBehavior? Behavior { get; set; }
}

internal sealed class ScaleTrigger
{
    public string Type { get; set; } = "";
    public string? MetricType { get; set; }
    public AuthenticationReference? AuthenticationRef { get; set; }
    public PostgresqlTrigger Metadata { get; set; } = new();
}

internal sealed class AuthenticationReference
{
    public string Name { get; set; } = "";
}

/// <summary>Numbers are text: KEDA takes a map of strings.</summary>
internal sealed class PostgresqlTrigger
{
    public string Query { get; set; } = "";
    public string TargetQueryValue { get; set; } = "";
    public string ActivationTargetQueryValue { get; set; } = "";
}

internal sealed class TriggerAuthentication : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "";
    public string Kind { get; set; } = "";
    public V1ObjectMeta Metadata { get; set; } = new();
    public TriggerAuthenticationSpec Spec { get; set; } = new();
}

internal sealed class TriggerAuthenticationSpec
{
    public IList<SecretTarget> SecretTargetRef { get; set; } = [];
}

internal sealed class SecretTarget
{
    public string Parameter { get; set; } = "";
    public string Name { get; set; } = "";

    public string Key { get; set; } = "";
}
