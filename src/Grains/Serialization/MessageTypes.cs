using System.Reflection;
using Grid.Experiments.Stages;
using Grid.Grains.Contracts;

namespace Grid.Grains.Serialization;

/// <summary>
/// The types of Grid.Experiments that messages may carry: those that the contracts name. A message tells which type it holds, so any other
/// would let its sender choose what is constructed.
/// </summary>
internal static class MessageTypes
{
    public static IReadOnlySet<Type> OfExperiments { get; } = typeof(IStageShardGrain).Assembly.GetTypes()
        .SelectMany(Named).SelectMany(Parts).Where(type => type.Assembly == typeof(StageSpec).Assembly).ToHashSet();

    private static IEnumerable<Type> Named(Type type) =>
        type.IsInterface && type.IsAssignableTo(typeof(IAddressable))
            ? type.GetMethods().SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType))
        : type.IsDefined(typeof(GenerateSerializerAttribute)) ? type.GetProperties().Where(p => p.IsDefined(typeof(IdAttribute))).Select(p => p.PropertyType)
        : [];

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts)
        : [type];
}
