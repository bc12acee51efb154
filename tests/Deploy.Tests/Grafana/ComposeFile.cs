using System.Text.RegularExpressions;
using Grid.Tests;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Grid.Deploy.Tests.Grafana;

// The fields of the Compose specification that deploy/compose.yaml uses: a field that is not here is a mistake, or to be added.

internal sealed partial class ComposeFile
{
    public string Name { get; set; } = "";
    public Dictionary<string, ComposeService> Services { get; set; } = [];
    public Dictionary<string, ComposeNetwork> Networks { get; set; } = [];
    public Dictionary<string, object> Volumes { get; set; } = [];

    [YamlMember(Alias = "x-silo", ApplyNamingConventions = false)]
    public object? Silo { get; set; }

    [YamlMember(Alias = "x-settings", ApplyNamingConventions = false)]
    public object? Settings { get; set; }

    [YamlMember(Alias = "x-silo-settings", ApplyNamingConventions = false)]
    public object? SiloSettings { get; set; }

    /// <summary>Where its paths begin.</summary>
    public static string Folder { get; } = RepositoryRoot.File("deploy");

    /// <summary>Refuses fields that it does not know. Variables have the values that they have when nobody sets them.</summary>
    public static ComposeFile Read() => Parse(File.ReadAllText(Path.Combine(Folder, "compose.yaml")));

    public static ComposeFile Parse(string yaml) => new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).WithDuplicateKeyChecking().Build()
        .Deserialize<ComposeFile>(new MergingParser(new Parser(new StringReader(Default().Replace(yaml, "${value}")))));

    [GeneratedRegex(@"\$\{\w+:-(?<value>[^}]*)\}")]
    private static partial Regex Default();
}

internal sealed class ComposeService
{
    public string Image { get; set; } = "";
    public ComposeBuild? Build { get; set; }
    public List<string> Command { get; set; } = [];
    public List<string> Profiles { get; set; } = [];
    public Dictionary<string, string> Environment { get; set; } = [];
    public Dictionary<string, ComposeDependency> DependsOn { get; set; } = [];
    public ComposeHealthcheck? Healthcheck { get; set; }
    public List<string> Ports { get; set; } = [];
    public List<string> Volumes { get; set; } = [];
    public List<string> Tmpfs { get; set; } = [];
    public Dictionary<string, ComposeAddress> Networks { get; set; } = [];
    public string Restart { get; set; } = "";
    public string StopGracePeriod { get; set; } = "";
    public string WorkingDir { get; set; } = "";
    public bool ReadOnly { get; set; }
    public List<string> CapDrop { get; set; } = [];
    public List<string> SecurityOpt { get; set; } = [];
}

internal sealed class ComposeBuild
{
    public string Context { get; set; } = "";
    public string Dockerfile { get; set; } = "";
}

internal sealed class ComposeDependency
{
    public string Condition { get; set; } = "";
}

internal sealed class ComposeHealthcheck
{
    public List<string> Test { get; set; } = [];
    public string Interval { get; set; } = "";
    public int Retries { get; set; }
}

internal sealed class ComposeNetwork
{
    public ComposeIpam Ipam { get; set; } = new();
}

internal sealed class ComposeIpam
{
    public List<ComposeSubnet> Config { get; set; } = [];
}

internal sealed class ComposeSubnet
{
    public string Subnet { get; set; } = "";
    public string IpRange { get; set; } = "";
}

internal sealed class ComposeAddress
{
    public string Ipv4Address { get; set; } = "";
}
