using YamlDotNet.Serialization;

namespace Grid.Deploy.Tests.Manifests;

/// <summary>Every file by itself.</summary>
public sealed class FilesTests
{
    private static readonly string[] kustomizeFields =
        ["apiVersion", "kind", "namespace", "resources", "components", "configMapGenerator", "images", "replicas", "patches"];

    [Theory]
    [MemberData(nameof(ManifestFiles.Names), MemberType = typeof(ManifestFiles))]
    public void A_manifest_has_only_fields_that_Kubernetes_knows(string file)
    {
        var objects = ManifestFiles.Read(file);

        objects.ShouldNotBeEmpty();
        objects.ShouldAllBe(o => o.Metadata.Name.Length > 0);
    }

    [Theory]
    [InlineData("apiVersion: v1\nkind: Secret\nmetadata: { name: a }\nstringdata: { a: b }")]
    [InlineData("apiVersion: v1\nkind: Secret\nmetadata: { name: a, name: b }")]
    [InlineData("apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec: { replicas: many }")]
    [InlineData("apiVersion: apps/v1\nkind: Deploymint\nmetadata: { name: a }")]
    [InlineData("apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: { name: a }\nspec: { minReplicas: 1 }")]
    public void A_mistake_in_a_manifest_is_found(string yaml) => Should.Throw<Exception>(() => ManifestFiles.Parse(yaml));

    [Theory]
    [MemberData(nameof(ManifestFiles.Kustomizations), MemberType = typeof(ManifestFiles))]
    public void A_kustomization_names_files_that_are_there_and_every_file_beside_it(string file)
    {
        var folder = Path.GetDirectoryName(Path.Combine(ManifestFiles.Folder, file))!;
        var fields = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(ManifestFiles.Text(file));

        fields.Keys.ShouldBeSubsetOf(kustomizeFields);
        var named = Words(fields, "resources").Concat(Words(fields, "components"))
            .Concat(Maps(fields, "patches").Where(p => p.ContainsKey("path")).Select(p => (string)p["path"]))
            .Concat(Maps(fields, "configMapGenerator").Where(g => g.ContainsKey("envs")).SelectMany(g => ((List<object>)g["envs"]).Cast<string>()))
            .ToList();
        named.Where(n => !Path.Exists(Path.Combine(folder, n))).ShouldBeEmpty();
        Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)).Except(["kustomization.yaml"]).ShouldBeSubsetOf(named);
    }

    private static IEnumerable<string> Words(Dictionary<string, object> fields, string name) =>
        fields.TryGetValue(name, out var list) ? ((List<object>)list).Cast<string>() : [];

    private static IEnumerable<Dictionary<object, object>> Maps(Dictionary<string, object> fields, string name) =>
        fields.TryGetValue(name, out var list) ? ((List<object>)list).Cast<Dictionary<object, object>>() : [];
}
