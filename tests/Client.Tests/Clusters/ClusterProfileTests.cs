using Grid.Client.Clusters;
using Grid.Tests;

namespace Grid.Client.Tests.Clusters;

public sealed class ClusterProfileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_profile_is_read_from_the_user_s_file()
    {
        Write("prod:\n  store: Host=db;Database=grid\n  cluster-id: blue\ntest: { store: Host=localhost }\n");

        var profile = Read("prod");

        (profile.Access.Store, profile.Access.Id, profile.Access.Tls).ShouldBe(("Host=db;Database=grid", "blue", null));
        profile.CacheFolder.ShouldStartWith(folder.File("cache"));
    }

    [Fact]
    public void The_profile_env_is_made_of_the_variables_that_silos_use() =>
        Read("env", ("GRID_STORE", "Host=db"), ("GRID_CLUSTER_ID", "green")).Access.Id.ShouldBe("green");

    [Fact]
    public void A_profile_ignores_the_variables() => Should.Throw<UserException>(() =>
    {
        Write("prod: { cluster-id: blue }");
        return Read("prod", ("GRID_STORE", "Host=db"));
    }).Message.ShouldContain("There is no store");

    [Fact]
    public void An_unknown_profile_is_told_beside_those_that_are_there()
    {
        Write("prod: { store: Host=db }\ntest: { store: Host=db }");

        Should.Throw<UserException>(() => Read("prd")).Message.ShouldContain("there are: prod, test");
    }

    [Fact]
    public void An_unknown_key_is_told_beside_those_that_are_accepted()
    {
        Write("prod: { stor: Host=db }");

        var message = Should.Throw<UserException>(() => Read("prod")).Message;

        message.ShouldContain("unknown key 'stor'");
        message.ShouldContain("store-file");
    }

    [Theory]
    [InlineData("- a list")]
    [InlineData("prod: [a, b]")]
    [InlineData("prod: { store: { nested: x } }")]
    [InlineData("prod: {")]
    public void A_file_of_another_shape_is_refused_by_name(string text)
    {
        Write(text);

        Should.Throw<UserException>(() => Read("prod")).Message.ShouldContain("clusters.yaml cannot be read");
    }

    [Fact]
    public void Without_a_file_the_user_is_told_what_to_create() =>
        Should.Throw<UserException>(() => Read("prod")).Message.ShouldContain("clusters.yaml");

    private void Write(string text)
    {
        Directory.CreateDirectory(folder.File("config/grid"));
        File.WriteAllText(folder.File("config/grid/clusters.yaml"), text);
    }

    private ClusterProfile Read(string name, params (string Name, string Value)[] variables) => ClusterProfile.Read(
        name,
        variables.Append(("XDG_CONFIG_HOME", folder.File("config"))).Append(("XDG_CACHE_HOME", folder.File("cache"))).ToDictionary(v => v.Item1, v => v.Item2));
}
