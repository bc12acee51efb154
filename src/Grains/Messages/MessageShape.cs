using System.Collections;
using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Reflection;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;

namespace Grid.Grains.Messages;

/// <summary>
/// What holds for whatever a message carries, also for messages that are added later: nothing is null that must not be, texts and lists have a
/// size, enumerations a known value, numbers are finite, times neither negative nor endless. A member's own rules are attributes on it.
/// </summary>
internal static class MessageShape
{
    /// <summary>Characters; the longest text is an error with the last output of a runner, 4 KB of it.</summary>
    public const int LongestText = 65_536;

    /// <summary>Entries of a list or dictionary; the longest are the layers of a network.</summary>
    public const int MostItems = 65_536;

    private static readonly TimeSpan longestTime = TimeSpan.FromDays(60);
    private static readonly ConcurrentDictionary<Type, Member[]> members = new();

    /// <summary>What is wrong with a value; null when nothing is.</summary>
    /// <param name="place">Names the value in the answer; null, which costs less, where only whether there is one is asked.</param>
    public static string? Problem(object? value, bool nullable, string? place) => value switch
    {
        null => nullable ? null : $"{place} is null.",
        string text => text.Length <= LongestText ? null : $"{place} has {text.Length} characters; accepted: up to {LongestText}.",
        double number => double.IsFinite(number) ? null : $"{place} is {number}; accepted: a finite number.",
        TimeSpan time => time >= TimeSpan.Zero && time <= longestTime ? null : $"{place} is {time}; accepted: 0 to {longestTime.TotalDays} days.",
        Enum word => Enum.IsDefined(word.GetType(), word) ? null : $"{place} is {word}, which {word.GetType().Name} does not know.",
        // A measurement that is not a number is stored as such, and refused where it matters: at the frontier.
        Metric => null,
        IEnumerable items => Items(items, place),
        _ => Members(value, place),
    };

    /// <summary>The same for one that may have rules of its own.</summary>
    public static string? Problem(object? value, bool nullable, string? place, ValidationAttribute[] rules)
    {
        if (Problem(value, nullable, place) is { } problem)
            return problem;
        foreach (var rule in rules)
            if (!rule.IsValid(value))
                return rule.FormatErrorMessage(place ?? "");
        return null;
    }

    public static bool IsNullable(NullabilityInfo info) => info.ReadState != NullabilityState.NotNull;

    private static string? Items(IEnumerable items, string? place)
    {
        var count = 0;
        foreach (var item in items)
        {
            if (++count > MostItems)
                return $"{place} has more than {MostItems} entries.";
            if (Problem(item, nullable: false, place) is { } problem)
                return problem;
        }
        return null;
    }

    private static string? Members(object value, string? place)
    {
        foreach (var member in members.GetOrAdd(value.GetType(), MembersOf))
            if (Problem(member.Read(value), member.Nullable, place is null ? null : $"{place}.{member.Name}", member.Rules) is { } problem)
                return problem;
        return null;
    }

    /// <summary>What messages bring along; what they compute from it is not asked before that is known to be sound.</summary>
    private static Member[] MembersOf(Type type)
    {
        var isPair = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);
        if (!isPair && type.Assembly != typeof(StageSpec).Assembly && type.Assembly != typeof(MessageShape).Assembly)
            return [];
        var nullability = new NullabilityInfoContext();
        return
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => p.GetIndexParameters().Length == 0 && (isPair || p.CanWrite))
                .Select(p => new Member(p.Name, Reader(type, p), IsNullable(nullability.Create(p)), [.. p.GetCustomAttributes<ValidationAttribute>()])),
        ];
    }

    private static Func<object, object?> Reader(Type type, PropertyInfo property)
    {
        var value = Expression.Parameter(typeof(object));
        return Expression.Lambda<Func<object, object?>>(
            Expression.Convert(Expression.Property(Expression.Convert(value, type), property), typeof(object)), value).Compile();
    }

    private sealed record Member(string Name, Func<object, object?> Read, bool Nullable, ValidationAttribute[] Rules);
}
