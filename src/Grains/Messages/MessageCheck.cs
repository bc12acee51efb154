using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.RegularExpressions;
using Grid.Grains.Contracts;

namespace Grid.Grains.Messages;

/// <summary>
/// Stands before every grain of Grid: what a client or a silo of another version sent reaches none before it was looked at. The caller gets an
/// <see cref="ArgumentException"/> that says what was wrong.
/// </summary>
public sealed partial class MessageCheck : IIncomingGrainCallFilter
{
    private static readonly ConcurrentDictionary<MethodInfo, Argument[]> methods = new();
    private static readonly ConcurrentDictionary<Type, bool> calledByHash = new();
    private static readonly Sha256Attribute sha256 = new();

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod is { DeclaringType: { } contract } method && contract.Assembly == typeof(IStageGrain).Assembly
            && (KeyProblem(contract, context.TargetId.Key.ToString()!) ?? ArgumentProblem(method, context)) is { } problem)
            throw new ArgumentException($"The call {context.InterfaceName}.{context.MethodName} is refused: {problem}");
        return context.Invoke();
    }

    private static string? KeyProblem(Type contract, string key) =>
        !AnyKey().IsMatch(key) ? "the key of the grain must be 1 to 200 letters, digits, dots, hyphens, underscores, colons or slashes."
        : calledByHash.GetOrAdd(contract, type => type.IsDefined(typeof(Sha256Attribute))) && !sha256.IsValid(key) ? sha256.FormatErrorMessage("the key of the grain")
        : null;

    private static string? ArgumentProblem(MethodInfo method, IIncomingGrainCallContext context)
    {
        var arguments = methods.GetOrAdd(method, ArgumentsOf);
        for (var i = 0; i < arguments.Length; i++)
        {
            var (name, nullable, rules) = arguments[i];
            var value = context.Request.GetArgument(i);
            if (MessageShape.Problem(value, nullable, null, rules) is not null)
                return MessageShape.Problem(value, nullable, name, rules);
            // The key is a hash of the request: one that does not fit was meant to be taken for another stage.
            if (value is StageRequest request && context.Grain is IStageGrain && context.TargetId.Key.ToString() != request.Spec.Key)
                return $"{name} describes the stage {request.Spec.Key}, and not the one that was called.";
        }
        return null;
    }

    private static Argument[] ArgumentsOf(MethodInfo method)
    {
        var nullability = new NullabilityInfoContext();
        return
        [
            .. method.GetParameters().Where(p => p.ParameterType != typeof(CancellationToken))
                .Select(p => new Argument(p.Name!, MessageShape.IsNullable(nullability.Create(p)), [.. p.GetCustomAttributes<ValidationAttribute>()])),
        ];
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._:/-]{1,200}\z")]
    private static partial Regex AnyKey();

    private sealed record Argument(string Name, bool Nullable, ValidationAttribute[] Rules);
}
