using System.Collections.Frozen;

namespace Grid.Experiments.Store.Relational;

/// <summary>The SQL texts embedded in this assembly.</summary>
internal static class SqlStatements
{
    private const string Heading = "-- name: ";
    private static readonly FrozenDictionary<string, string> Texts = Parse(Resource("Relational.statements.sql"));

    /// <summary>The statement of that name in statements.sql.</summary>
    public static string Text(string name) => Texts[name];

    /// <summary>The migration scripts of a database, by the number in their names: 001-initial.sql is 1.</summary>
    public static SortedDictionary<int, string> Migrations(string database)
    {
        var prefix = $"{typeof(IExperimentStore).Namespace}.{database}.";
        var scripts = new SortedDictionary<int, string>();
        foreach (var name in typeof(SqlStatements).Assembly.GetManifestResourceNames())
            if (name.StartsWith(prefix, StringComparison.Ordinal))
                scripts.Add(int.Parse(name.AsSpan(prefix.Length, 3)), Resource(name[(prefix.Length - database.Length - 1)..]));
        return scripts;
    }

    private static FrozenDictionary<string, string> Parse(string text) => text
        .Split(Heading)
        .Skip(1)
        .Select(section => section.Split('\n', 2))
        .ToFrozenDictionary(section => section[0].Trim(), section => section[1].Trim());

    private static string Resource(string name)
    {
        using var stream = typeof(SqlStatements).Assembly.GetManifestResourceStream($"{typeof(IExperimentStore).Namespace}.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
