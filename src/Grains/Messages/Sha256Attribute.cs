using System.ComponentModel.DataAnnotations;
using Grid.Experiments.Stages;

namespace Grid.Grains.Messages;

/// <summary>The text is a SHA-256.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class Sha256Attribute() : ValidationAttribute($"{{0}} is not a SHA-256: {Sha256Text.Form}.")
{
    public override bool IsValid(object? value) => value is null || (value is string text && Sha256Text.Is(text));
}
