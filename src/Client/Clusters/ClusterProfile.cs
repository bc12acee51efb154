using Grid.Silo.Settings;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Grid.Client.Clusters;

/// <summary>How to reach a cluster, by a name that its user gave it.</summary>
internal sealed record ClusterProfile(string Name, ClusterAccess Access, string CacheFolder)
{
    /// <summary>The profile that consists of the environment's variables.</summary>
    public const string OfEnvironment = "env";

    private static readonly string[] keys = [.. ClusterAccess.Settings.Select(Key)];

    /// <exception cref="UserException">There is no such profile, or something in it is wrong; all of it is named.</exception>
    public static ClusterProfile Read(string name, IReadOnlyDictionary<string, string> environment)
    {
        var values = name == OfEnvironment
            ? new SettingValues(_ => null, variable => environment.GetValueOrDefault(variable))
            : OfFile(name, Path.Combine(Folder(environment, "XDG_CONFIG_HOME", ".config"), "clusters.yaml"));
        var access = ClusterAccess.Read(values);
        return values.Errors.Count == 0
            ? new ClusterProfile(name, access, Path.Combine(Folder(environment, "XDG_CACHE_HOME", ".cache"), "clusters", access.Id))
            : throw new UserException([.. values.Errors.Select(e => $"Cluster {name}: {e}")]);
    }

    private static SettingValues OfFile(string name, string file)
    {
        var profiles = Profiles(file);
        if (!profiles.TryGetValue(name, out var profile))
            throw new UserException(
                $"There is no cluster '{name}' in {file}; there {(profiles.Count == 0 ? "is none" : $"are: {string.Join(", ", profiles.Keys)}")}. "
                + $"Add it with its {string.Join(", ", keys.Take(2))} and the like, or use --cluster {OfEnvironment} and the variables that silos use, such as GRID_STORE.");
        var unknown = profile.Keys.Except(keys).ToList();
        return unknown.Count == 0
            ? new SettingValues(setting => profile.GetValueOrDefault(Key(setting)), _ => null)
            : throw new UserException([.. unknown.Select(key => $"{file}: cluster {name} has the unknown key '{key}'; accepted: {string.Join(", ", keys)}.")]);
    }

    private static Dictionary<string, Dictionary<string, string>> Profiles(string file)
    {
        if (!File.Exists(file))
            throw new UserException(
                $"There is no {file}, which names clusters. Create it, with lines such as 'prod: {{ store-file: /path/to/a/file }}', "
                + $"or use --cluster {OfEnvironment} and the variables that silos use, such as GRID_STORE.");
        try
        {
            var yaml = new YamlStream();
            using var text = File.OpenText(file);
            yaml.Load(text);
            return yaml.Documents.Count == 0 ? [] : Mapping(yaml.Documents[0].RootNode).ToDictionary(
                pair => pair.Key, pair => Mapping(pair.Value).ToDictionary(p => p.Key, p => Scalar(p.Value)));
        }
        catch (Exception e) when (e is YamlException or InvalidCastException)
        {
            throw new UserException($"{file} cannot be read: {e.Message} Accepted: a name for each cluster, and below it any of {string.Join(", ", keys)}.");
        }
    }

    private static IEnumerable<KeyValuePair<string, YamlNode>> Mapping(YamlNode node) =>
        ((YamlMappingNode)node).Children.Select(pair => new KeyValuePair<string, YamlNode>(Scalar(pair.Key), pair.Value));

    private static string Scalar(YamlNode node) => ((YamlScalarNode)node).Value ?? "";

    /// <summary>As the flag of a silo, without its dashes.</summary>
    private static string Key(SiloSetting setting) => setting.Flag[2..];

    private static string Folder(IReadOnlyDictionary<string, string> environment, string variable, string below) => Path.Combine(
        environment.GetValueOrDefault(variable) is { Length: > 0 } named
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), below),
        "grid");
}
