using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Grains.Contracts;
using Grid.Silo.Tests.Hosting;

namespace Grid.Silo.Tests.Security;

/// <summary>What a hostile or broken member sends through real grain calls: it hears what is wrong, and no grain does.</summary>
public sealed class MessageCheckTests : IAsyncLifetime
{
    private static readonly StageSpec spec = new(StageKind.Prune, new StageSettings([new("ratio", "0.5")]), Parent: new string('a', 64));
    private static readonly StageRequest request = new(spec, "small-00000000", TimeSpan.FromMinutes(1), new string('b', 64), null, false, "train/cpu");

    // Nobody carries anything out: what is offered stays where it is.
    private readonly TestGrid grid = new(new ScriptedExecutor { Script = (_, cancellation) => Never(cancellation) });

    private IGrainFactory Grains => grid.Grid.Grains;

    [Fact]
    public async Task A_sound_request_is_taken() => (await Shard.Ensure(request)).ShouldBeNull();

    public static TheoryData<string, StageRequest> UnsoundRequests { get; } = new()
    {
        { "request.Input is not a SHA-256", request with { Input = "../../../etc/passwd" } },
        { "request.Input is not a SHA-256", request with { Input = new string('B', 64) } },
        { "request.Reference is not a SHA-256", request with { Reference = "" } },
        { "request.Experiment", request with { Experiment = new string('x', 201) } },
        { "request.Experiment is null", request with { Experiment = null! } },
        { "request.Spec is null", request with { Spec = null! } },
        { "request.Pool", request with { Pool = "train/../cpu" } },
        { "request.Pool", request with { Pool = "" } },
        { "request.TimeLimit is -00:00:01", request with { TimeLimit = TimeSpan.FromSeconds(-1) } },
        { "request.TimeLimit is 10675199.", request with { TimeLimit = TimeSpan.MaxValue } },
        { "request.Spec.Kind is 99", request with { Spec = spec with { Kind = (StageKind)99 } } },
        { "request.Spec.Settings is null", request with { Spec = spec with { Settings = null! } } },
        { "request.Spec.Settings.Value has 100000 characters", request with { Spec = spec with { Settings = new([new("ratio", new string('x', 100_000))]) } } },
        { "another shard", request with { Spec = spec with { Seed = 7 } } },
    };

    [Theory]
    [MemberData(nameof(UnsoundRequests), DisableDiscoveryEnumeration = true)]
    public async Task An_unsound_request_is_refused_before_it_is_offered(string problem, StageRequest unsound)
    {
        (await Should.ThrowAsync<ArgumentException>(() => Shard.Ensure(unsound))).Message.ShouldContain(problem);
        (await grid.Store.FindStages([spec.Key])).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("../../etc")]
    [InlineData("A")]
    [InlineData("")]
    public async Task A_stage_is_called_by_its_hash_alone(string key) =>
        (await Refused(() => Shard.Release(key, 1, request.Pool))).ShouldContain("key is not a SHA-256");

    [Theory]
    [InlineData("name\n")]
    [InlineData("a b")]
    [InlineData("\u001b[31m")]
    [InlineData("'; drop table stages; --")]
    public async Task An_experiment_s_id_has_no_odd_characters(string id) =>
        (await Should.ThrowAsync<ArgumentException>(() => grid.Grid.Grains.Experiment(id).Start(false))).Message.ShouldContain("key of the grain");

    [Fact]
    public async Task What_a_worker_claims_is_looked_at_too()
    {
        var pool = Grains.Pool("train/cpu");
        var huge = Enumerable.Repeat(new StageProgress(spec.Key, 1, 0, ""), 70_000).ToArray();

        (await Refused(() => pool.Lease("me", int.MaxValue, TimeSpan.Zero))).ShouldContain("max");
        (await Refused(() => pool.Lease(null!, 1, TimeSpan.Zero))).ShouldContain("holder is null");
        (await Refused(() => pool.Lease("me", 1, TimeSpan.FromDays(1000)))).ShouldContain("wait is");
        (await Refused(() => pool.Heartbeat("me", null!))).ShouldContain("running is null");
        (await Refused(() => pool.Heartbeat("me", [null!]))).ShouldContain("running is null");
        (await Refused(() => pool.Heartbeat("me", huge))).ShouldContain("more than 65536 entries");
        (await Refused(() => pool.Heartbeat("me", [new StageProgress(spec.Key, 1, double.NaN, "")]))).ShouldContain("Fraction is NaN");
        (await Refused(() => pool.Heartbeat("me", [new StageProgress(spec.Key, -1, 0, "")]))).ShouldContain("Attempt");
        (await Refused(() => pool.Offer(new StageOffer(request with { Input = "/etc/passwd" }, 0, Free: true)))).ShouldContain("offer.Request.Input");
        (await Refused(() => Shard.Complete(new AttemptEnd(spec.Key, 1, new StageReport(StageOutcome.Done, null!, 1), null, request.Pool)))).ShouldContain("Result is null");
        (await Refused(() => Shard.Complete(new AttemptEnd(spec.Key, 1, new StageReport((StageOutcome)9, StageResult.Empty, 1), null, request.Pool)))).ShouldContain("Outcome");
        (await Refused(() => Shard.Complete(new AttemptEnd(spec.Key, 1, Report(double.NegativeInfinity), null, request.Pool)))).ShouldContain("Seconds");
        (await Refused(() => Shard.Complete(new AttemptEnd(spec.Key, 1, Report(1), "../model.onnx", request.Pool)))).ShouldContain("Artifact");
        (await Refused(() => Shard.Complete(new AttemptEnd(spec.Key, 1, Report(1), null, "train/../x")))).ShouldContain("Pool");
        (await Refused(() => Shard.Release(spec.Key, 1, "elsewhere"))).ShouldContain("pool");
        (await Refused(() => Shard.Invalidate(spec.Key, "/etc/shadow"))).ShouldContain("artifact");
        (await Refused(() => Shard.Checkpoint(spec.Key, 1, "../checkpoint"))).ShouldContain("artifact");
        (await pool.View()).Pending.ShouldBe(0);
    }

    [Fact]
    public async Task A_measurement_that_is_not_a_number_may_be_told()
    {
        var result = new StageResult(new Dictionary<string, Metric> { ["accuracy"] = Metric.Exact(double.NaN, "1") }, [], []);
        await Shard.Ensure(request);

        (await Shard.Complete(new AttemptEnd(spec.Key, 0, new StageReport(StageOutcome.Done, result, 1), null, request.Pool))).ShouldBe(CompletionAnswer.Stale);
    }

    public async ValueTask InitializeAsync() => await grid.Start();

    public ValueTask DisposeAsync() => grid.DisposeAsync();

    private IStageShardGrain Shard => Grains.ShardOf(spec.Key);

    private static StageReport Report(double seconds) => new(StageOutcome.Done, StageResult.Empty, seconds);

    private static async Task<string> Refused(Func<Task> call) => (await Should.ThrowAsync<ArgumentException>(call)).Message;

    private static async Task<StageReport?> Never(CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        return null;
    }
}
