using Grid.Experiments.Store;
using Grid.Tests;

namespace Grid.Experiments.Tests.Store;

public sealed class PostgresRefusalTests(PostgresServer server) : IClassFixture<PostgresServer>, IAsyncLifetime
{
    private const string Secret = "hunter2=;x";
    private static readonly PostgresSettings Impatient = new() { Patience = TimeSpan.Zero, OpeningPatience = TimeSpan.Zero };

    private readonly PostgresFixture fixture = new(server);

    [Fact]
    public async Task A_store_of_a_newer_program_is_refused_and_left_alone()
    {
        await fixture.Store.DisposeAsync();
        fixture.Execute("insert into grid_schema (version) values (99)");

        foreach (var open in new[] { PostgresExperimentStore.Open, PostgresExperimentStore.OpenExisting, PostgresExperimentStore.OpenReadOnly })
            Should.Throw<StoreException>(() => open(fixture.Connection, null)).Message.ShouldSatisfyAllConditions(
                m => m.ShouldContain("was written by a newer Grid (schema 99, this program knows "),
                m => m.ShouldContain("name another database"));
        server.Execute("postgres", "select 1").ShouldBe("1");
    }

    [Fact]
    public void A_database_without_a_store_is_told_from_one_of_an_older_program()
    {
        var empty = server.CreateDatabase();
        fixture.Execute("delete from grid_schema where version > 1");

        Should.Throw<StoreException>(() => PostgresExperimentStore.OpenReadOnly(empty)).Message.ShouldContain("is not a store of Grid");
        Should.Throw<StoreException>(() => PostgresExperimentStore.OpenExisting(empty)).Message.ShouldContain("is not a store of Grid");
        Should.Throw<StoreException>(() => PostgresExperimentStore.OpenExisting(fixture.Connection)).Message.ShouldContain("Start a silo of this version");
    }

    [Fact]
    public async Task A_store_opened_for_reading_refuses_to_write()
    {
        await using var reader = PostgresExperimentStore.OpenReadOnly(fixture.Connection);

        (await Should.ThrowAsync<StoreException>(() => reader.RequestCancel("sweep-1"))).Message.ShouldContain("opened for reading only");
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port={0};Database=grid;Username=grid;Password='{1}'", "does not exist")]
    [InlineData("Host=127.0.0.1;Port={0};Database=postgres;Username=locked;Password='{1}'", "refuses the user")]
    [InlineData("Host=127.0.0.1;Port={0};Database=postgres;Username=nobody;Password='{1}'", "refuses the user")]
    [InlineData("Host=127.0.0.1;Port=1;Database=postgres;Username=grid;Password='{1}'", "cannot be reached")]
    [InlineData("Host=nowhere.invalid;Database=postgres;Username=grid;Password='{1}'", "cannot be reached")]
    [InlineData("Host=127.0.0.1;Database=postgres;Username=grid;Password={1}", "cannot be used")]
    [InlineData("Host=127.0.0.1;Port=many;Database=grid;Password='{1}'", "cannot be used")]
    [InlineData("Database=postgres;Password='{1}'", "names no Host")]
    [InlineData("Host=127.0.0.1;Password='{1}'", "names no Database")]
    [InlineData("{1}", "cannot be used")]
    public void What_is_wrong_with_the_connection_is_told_without_its_password(string connection, string reason)
    {
        var error = Should.Throw<StoreException>(() =>
            PostgresExperimentStore.Open(string.Format(System.Globalization.CultureInfo.InvariantCulture, connection, server.Port, Secret), Impatient));

        error.Message.ShouldContain(reason);
        error.ToString().ShouldNotContain("hunter2");
    }

    [Fact]
    public void A_user_without_rights_is_told_to_be_granted_them()
    {
        server.Execute("postgres", "drop role if exists reader; create role reader login password 'p'");

        Should.Throw<StoreException>(() => PostgresExperimentStore.Open(fixture.Connection.Replace("Username=grid", "Username=reader;Password=p")))
            .Message.ShouldContain("Grant it the rights");
    }

    public async ValueTask InitializeAsync()
    {
        await fixture.Prepare();
        server.Execute("postgres", "drop role if exists locked; create role locked login password 'another'");
    }

    public ValueTask DisposeAsync() => fixture.DisposeAsync();
}
