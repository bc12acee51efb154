using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Grid.Client.Commands;
using Grid.Client.Tests.Running;
using Grid.Experiments.Metrics;
using Grid.Tests;

namespace Grid.Client.Tests.Json;

/// <summary>docs/json.md is what the commands really write.</summary>
public sealed partial class ContractTests : IAsyncLifetime
{
    private static readonly string Page = File.ReadAllText(RepositoryRoot.File("docs", "json.md"));

    private readonly TemporaryHome home = TemporaryHome.Create();
    private readonly SweepFolder sweep = new();

    public async ValueTask InitializeAsync()
    {
        await Tests.StoredSweep.AddTo(home);
        await Tests.StoredSweep.AddTwoClassesTo(home);
    }

    public async ValueTask DisposeAsync()
    {
        sweep.Dispose();
        await home.DisposeAsync();
    }

    [Theory]
    [InlineData("Errors", "show none")]
    [InlineData("`frontier`", "frontier latest")]
    [InlineData("`frontier`", "frontier classes")]
    [InlineData("`compare` of two trials", "compare latest 1 2")]
    [InlineData("`compare` of two sweeps", "compare latest latest")]
    [InlineData("`pick`", "pick latest")]
    [InlineData("`export`", "export latest --output {out}")]
    [InlineData("`report`", "report latest")]
    [InlineData("`report`", "report classes")]
    [InlineData("`list`", "list")]
    [InlineData("`show`", "show latest")]
    [InlineData("`show`", "show classes")]
    [InlineData("`show ID TRIAL`", "show latest 1")]
    [InlineData("`show ID TRIAL`", "show classes 1")]
    [InlineData("`show ID TRIAL`", "show latest 6")]
    [InlineData("`set`", "set latest --priority 3 --most-slots 2")]
    [InlineData("`pause`", "pause latest")]
    [InlineData("`cancel`", "cancel latest")]
    [InlineData("`delete`", "delete latest --dry-run")]
    [InlineData("`gc`", "gc")]
    [InlineData("`plan`", "plan {sweep}")]
    [InlineData("`validate`", "validate {broken}")]
    [InlineData("`data`", "data fashion-mnist")]
    [InlineData("`doctor`", "doctor")]
    [InlineData("`certs`", "certs ca --output {out}")]
    [InlineData("`--version`", "--version")]
    [InlineData("`run`, `resume`, `extend`, `watch`", "watch latest")]
    public async Task A_document_has_the_members_that_the_page_names(string section, string command)
    {
        var broken = Path.Combine(home.Path, "broken.yaml");
        await File.WriteAllTextAsync(broken, (await File.ReadAllTextAsync(sweep.File)).Replace("0.9", "1.9"));
        var line = command.Replace("{out}", Path.Combine(home.Path, "out")).Replace("{sweep}", sweep.File).Replace("{broken}", broken);

        var written = (await ConsoleRun.Of([.. line.Split(' '), "--home", home.Path, "--json"])).Document;

        Compare(Documented(section), written, section);
    }

    [Fact]
    public async Task Unpack_and_run_write_what_the_page_names()
    {
        var folder = Path.Combine(home.Path, "out");
        await ConsoleRun.Of("export", "latest", "--packed", "--trial", "1", "--output", folder, "--home", home.Path);
        Compare(Documented("`unpack`"), (await ConsoleRun.Of("unpack", Path.Combine(folder, "trial-0001.onnx.pack"), "--json")).Document, "unpack");

        var run = await ConsoleRun.WithStandIn("run", sweep.File, "--home", sweep.Home, "--json");
        Compare(Documented("`run`, `resume`, `extend`, `watch`"), run.Document, "run");
    }

    [Fact]
    public async Task A_failed_trial_is_explained_as_the_page_says()
    {
        await GridProcess.Run("prune=refuse", "run", sweep.File, "--home", sweep.Home);
        var trials = (await ConsoleRun.Of("show", "latest", "--home", sweep.Home, "--json")).Document["trials"]!.AsArray();
        var failed = trials.First(t => t!["status"]!.GetValue<string>() == "failed")!["trial"]!;

        var shown = (await ConsoleRun.Of("show", "latest", $"{failed}", "--home", sweep.Home, "--json")).Document;

        shown["failure"].ShouldNotBeNull();
        Compare(Documented("`show ID TRIAL`"), shown, "show ID TRIAL");
    }

    [Fact]
    public async Task Scale_writes_what_the_page_names()
    {
        using var api = new Kubernetes.ApiServer().With("grid-train", "train", replicas: 4);

        Compare(Documented("`scale`"), (await ConsoleRun.Of(api.Environment(), ["scale", "train=8", "--json"])).Document, "scale");
    }

    [Fact]
    public void Every_command_and_every_metric_stands_on_the_page()
    {
        foreach (var command in CommandList.Create())
            Sections().Keys.ShouldContain(s => s.Contains($"`{command.Name}`"), command.Name);
        foreach (var metric in MetricCatalog.All)
            Page.ShouldContain($"`{metric.Name}`");
    }

    private static JsonNode Documented(string section) => JsonNode.Parse(Sections()[section].Replace("CLASS", Sections()["CLASS"]).Replace("POINT", Sections()["POINT"]))!;

    private static Dictionary<string, string> Sections() => SectionPattern().Matches(Page).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);

    /// <summary>The same members everywhere, as far as neither side is null, empty or keyed by what a sweep names.</summary>
    private static void Compare(JsonNode? documented, JsonNode? written, string place)
    {
        string[] free = ["config", "metrics", "sweep", "settings", "byKind"];
        switch (documented, written)
        {
            case (JsonObject expected, JsonObject found):
                found.Select(m => m.Key).ShouldBe(expected.Select(m => m.Key), place);
                foreach (var (name, value) in expected.Where(m => !free.Contains(m.Key)))
                    Compare(value, found[name], $"{place}.{name}");
                break;
            case (JsonArray expected, JsonArray { Count: > 0 } found):
                Compare(expected[0], found[0], $"{place}[]");
                break;
            case (JsonArray, null) or (JsonObject, JsonArray) or (JsonArray, JsonObject):
                Assert.Fail($"{place} is {written?.ToJsonString() ?? "null"}, documented as {documented.ToJsonString()}");
                break;
            case (JsonValue expected, JsonValue found):
                Kind(found).ShouldBe(Kind(expected), place);
                break;
        }
    }

    private static string Kind(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.True or JsonValueKind.False => "flag",
        var kind => kind.ToString(),
    };

    [GeneratedRegex(@"^## (.+?)\n(?:(?!^## )[\s\S])*?```json\n([\s\S]*?)```", RegexOptions.Multiline)]
    private static partial Regex SectionPattern();
}
