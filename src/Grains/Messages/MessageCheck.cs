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

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod is { DeclaringType: { } contract } method && contract.Assembly == typeof(IStageShardGrain).Assembly
            && (KeyProblem(context.TargetId.Key.ToString()!) ?? ArgumentProblem(method, context)) is { } problem)
            throw new ArgumentException($"The call {context.InterfaceName}.{context.MethodName} is refused: {problem}");
        return context.Invoke();
    }

    private static string? KeyProblem(string key) =>
        AnyKey().IsMatch(key) ? null : "the key of the grain must be 1 to 200 letters, digits, dots, hyphens, underscores, colons or slashes.";

    private static string? ArgumentProblem(MethodInfo method, IIncomingGrainCallContext context)
    {
        var arguments = methods.GetOrAdd(method, ArgumentsOf);
        for (var i = 0; i < arguments.Length; i++)
        {
            var (name, nullable, rules) = arguments[i];
            var value = context.Request.GetArgument(i);
            if (MessageShape.Problem(value, nullable, null, rules) is not null)
                return MessageShape.Problem(value, nullable, name, rules);
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
