using Grid.Tests;

namespace Grid.Cluster.Tests.Faults;

/// <summary>Silos whose clocks are an hour off, by libfaketime, which answers the process's questions for the time in the system's place.</summary>
public sealed class ClockFaultTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact(Explicit = true)]
    public async Task Silos_whose_clocks_are_an_hour_fast_and_slow_cost_no_result_also_when_another_is_killed()
    {
        var library = Library();
        await using var cluster = TestCluster.Start(server);
        var sweep = AnySweep.Of("clock", 3, 8);
        await cluster.Add("control", Clock(library, "+3600"), "fast");
        await cluster.Add("control", "right");
        await cluster.Add("train,measure", Clock(library, "-3600"), "slow");
        var victim = (await cluster.Add("train,measure", "victim")).Single();
        await TestCluster.Until(async () => (await cluster.Client.Cluster.Silos()).Count == 4);
        var started = (await cluster.Client.Cluster.Silos()).ToDictionary(s => s.Report.Name, s => s.Report.Started);
        (started["fast"] - started["right"]).ShouldBe(TimeSpan.FromHours(1), TimeSpan.FromMinutes(5));
        (started["slow"] - started["right"]).ShouldBe(TimeSpan.FromHours(-1), TimeSpan.FromMinutes(5));
        await cluster.Submit(sweep);
        await cluster.Trials(sweep, 3);

        await Recovery.Measure(cluster, sweep, "SIGKILL of a worker while clocks are an hour off", victim.Kill, victim: "victim");
        await cluster.Ended(sweep);

        await cluster.ShouldBeWhole(sweep);
    }

    /// <summary>What goes by intervals, as nearly everything does, keeps the true ones.</summary>
    private static Dictionary<string, string?> Clock(string library, string seconds) => new()
    {
        ["LD_PRELOAD"] = library,
        ["FAKETIME"] = seconds,
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        // Its remedy for an old fault of glibc takes the intervals that .NET waits for to be times of day.
        ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
    };

    private static string Library()
    {
        var found = Directory.Exists("/usr/lib")
            ? Directory.EnumerateFiles("/usr/lib", "libfaketimeMT.so.1", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 }).FirstOrDefault()
            : null;
        if (found is null)
            Assert.Skip("Missing: libfaketime (the Debian package faketime).");
        return found;
    }
}
