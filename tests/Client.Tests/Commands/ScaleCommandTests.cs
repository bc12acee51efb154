using Grid.Client.Tests.Kubernetes;
using Grid.Tests;
using k8s;

namespace Grid.Client.Tests.Commands;

/// <summary>Against an API server on loopback, over HTTP.</summary>
public sealed class ScaleCommandTests : IDisposable
{
    private readonly ApiServer api = new ApiServer()
        .With("grid-control", "control", replicas: 3, ready: 3)
        .With("grid-train", "train", replicas: 4, ready: 2)
        .With("grid-measure", "measure", replicas: 1, scaledBy: "keda")
        .With("website", pool: null, replicas: 2)
        .With("grid-train", "train", replicas: 1, space: "other");

    public void Dispose() => api.Dispose();

    [Fact]
    public async Task Without_a_pool_it_shows_what_there_is()
    {
        var run = await Run("scale", "--json");

        run.ExitCode.ShouldBe(ExitCodes.Done);
        var pools = run.Document["pools"]!.AsArray();
        pools.Select(p => p!["pool"]!.GetValue<string>()).ShouldBe(["control", "measure", "train"]);
        pools[2]!.ToJsonString().ShouldBe("""{"pool":"train","deployment":"grid-train","replicas":4,"before":null,"ready":2,"scaledBy":null}""");
        (await Run("scale")).Output.ShouldContain("grid-measure");
        api.Requests.ShouldAllBe(r => r.StartsWith("GET "));
    }

    [Fact]
    public async Task A_pool_gets_as_many_silos_as_asked_for()
    {
        var run = await Run("scale", "train=8");

        run.ExitCode.ShouldBe(ExitCodes.Done);
        run.Output.ShouldContain("4 → 8");
        api.Replicas("grid-train").ShouldBe(8);
        api.Replicas("grid-control").ShouldBe(3);
        api.Requests[^1].ShouldBe("""PATCH /apis/apps/v1/namespaces/grid/deployments/grid-train/scale {"spec":{"replicas":8}}""");
    }

    [Fact]
    public async Task Several_pools_are_scaled_at_once_also_to_none()
    {
        var run = await Run("scale", "train=0", "control=1", "--json");

        run.Document["pools"]![0]!["before"]!.GetValue<int>().ShouldBe(3);
        (api.Replicas("grid-train"), api.Replicas("grid-control")).ShouldBe((0, 1));
    }

    [Fact]
    public async Task Another_namespace_is_looked_at_where_it_is_named()
    {
        var run = await Run("scale", "--namespace", "other", "--json");

        run.Document["pools"]!.AsArray().Single()!["replicas"]!.GetValue<int>().ShouldBe(1);
        (await Run("scale", "--namespace", "empty")).Error.ShouldContain("Namespace empty has no Deployment with the label grid.pool");
    }

    [Theory]
    [InlineData("train=-1", "'-1' must be a whole number from 0")]
    [InlineData("train=", "'' must be a whole number")]
    [InlineData("train=2.5", "'2.5' must be")]
    [InlineData("train", "'train' is not POOL=N")]
    [InlineData("trian=2", "no pool 'trian'; there are control, measure, train")]
    [InlineData("measure=2", "scaled by keda")]
    public async Task What_cannot_be_is_refused_and_nothing_is_changed(string word, string complaint)
    {
        var run = await Run("scale", "control=1", word);

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldContain(complaint);
        api.Replicas("grid-control").ShouldBe(3);
    }

    [Fact]
    public async Task A_pool_named_twice_and_every_other_mistake_are_all_told() =>
        (await Run("scale", "train=1", "train=2", "x", "--json")).Messages.Count.ShouldBe(2);

    [Fact]
    public async Task Two_Deployments_of_one_pool_are_too_many()
    {
        api.With("grid-train-2", "train", replicas: 1);

        (await Run("scale", "train=1")).Error.ShouldContain("several Deployments: grid-train, grid-train-2");
    }

    [Theory]
    [InlineData(403, "you may not (403)", "GET")]
    [InlineData(403, "scale Deployment grid-train of namespace grid: you may not (403)", "PATCH")]
    [InlineData(404, "it is not there (404)", "PATCH")]
    [InlineData(401, "does not accept the credentials", "GET")]
    [InlineData(500, "answered 500", "GET")]
    public async Task A_refusal_is_told_with_what_the_API_said(int status, string meaning, string verb)
    {
        api.Refuse = call => call.StartsWith(verb, StringComparison.Ordinal) ? (status, ApiServer.Status("because of me")) : null;

        var run = await Run("scale", "train=2");

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldContain(meaning);
        run.Error.ShouldContain("because of me");
        api.Replicas("grid-train").ShouldBe(4);
    }

    [Fact]
    public async Task A_refusal_by_something_that_is_no_Kubernetes_is_told_too()
    {
        api.Refuse = _ => (502, "<html>bad gateway</html>");

        (await Run("scale")).Error.ShouldContain("answered 502");
    }

    [Fact]
    public async Task An_API_that_nobody_serves_is_named()
    {
        // A port that nothing listens on: below those that are given out, and privileged.
        var environment = api.Environment(Config("http://127.0.0.1:1"));

        (await ConsoleRun.Of(environment, ["scale"])).Error.ShouldContain("the Kubernetes API at http://127.0.0.1:1 cannot be reached");
    }

    [Fact]
    public async Task Without_a_configuration_it_says_where_it_looked()
    {
        Assert.SkipWhen(KubernetesClientConfiguration.IsInCluster(), "These tests run in a pod, whose cluster is found without a configuration.");
        using var home = new TemporaryFolder();

        var run = await ConsoleRun.Of(new Dictionary<string, string> { ["HOME"] = home.Path, ["USERPROFILE"] = home.Path }, ["scale"]);

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldContain(home.File(".kube", "config"));
    }

    [Fact]
    public async Task The_configuration_of_the_home_folder_is_found()
    {
        using var home = new TemporaryFolder();
        Directory.CreateDirectory(home.File(".kube"));
        await File.WriteAllTextAsync(home.File(".kube", "config"), Config(api.Url));

        (await ConsoleRun.Of(new Dictionary<string, string> { ["HOME"] = home.Path, ["USERPROFILE"] = home.Path }, ["scale"])).ExitCode.ShouldBe(ExitCodes.Done);
    }

    [Theory]
    [InlineData("contexts: [")]
    [InlineData("kind: Config")]
    [InlineData("current-context: nowhere")]
    public async Task A_damaged_configuration_is_named(string text)
    {
        var run = await ConsoleRun.Of(api.Environment(text), ["scale"]);

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldContain("cannot be used");
    }

    [Fact]
    public async Task An_unknown_context_is_refused() => (await Run("scale", "--context", "moon")).Error.ShouldContain("moon");

    private Task<ConsoleRun> Run(params string[] arguments) => ConsoleRun.Of(api.Environment(), arguments);

    private static string Config(string server) => $$"""
        current-context: here
        contexts: [{ name: here, context: { cluster: test, user: me } }]
        clusters: [{ name: test, cluster: { server: "{{server}}" } }]
        users: [{ name: me, user: { token: secret-token } }]
        """;
}
