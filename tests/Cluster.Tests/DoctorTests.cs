using System.Text.Json.Nodes;
using Grid.Tests;

namespace Grid.Cluster.Tests;

public sealed class DoctorTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task The_doctor_reaches_the_database_and_the_silos_of_a_cluster_and_says_what_is_missing()
    {
        await using var cluster = TestCluster.Start(server);
        var silo = (await cluster.Add("control", "first")).Single();

        var well = await Checks(cluster);
        silo.Kill();
        await silo.End(TestContext.Current.CancellationToken);
        var alone = await Checks(cluster);

        Of(well, "database")["found"]!.GetValue<string>().ShouldContain("PostgreSQL");
        Of(well, "clock")["found"]!.GetValue<string>().ShouldContain("the database's");
        Of(well, "silos")["found"]!.GetValue<string>().ShouldBe("first (control)");
        well.ShouldAllBe(c => (string)c!["status"]! != "problem");
        // It still counts as alive in the table: nobody is left to notice.
        Of(alone, "gateways")["status"]!.GetValue<string>().ShouldBe("problem");
    }

    private static JsonNode Of(JsonArray checks, string name) => checks.Single(c => (string)c!["name"]! == name)!;

    private static async Task<JsonArray> Checks(TestCluster cluster)
    {
        var doctor = cluster.Console("doctor", "--json");
        await doctor.End(TestContext.Current.CancellationToken);
        return JsonNode.Parse(doctor.StandardOutput)!["checks"]!.AsArray();
    }
}
