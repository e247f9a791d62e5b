using Npgsql;

using ProcessDeployment.Engine.Tests.Host;

namespace ProcessDeployment.Engine.Tests.Storage;

/// <summary>What eventschema/rights.sql promises, tried out.</summary>
public sealed class Rights_in_the_database(EngineFixture engine)
{
    private const string NotAllowed = PostgresErrorCodes.InsufficientPrivilege;

    [Theory]
    [InlineData("update events.mt_events set data = data")]
    [InlineData("update events.mt_events set user_name = user_name")]
    [InlineData("update events.mt_events set is_archived = true")]
    [InlineData("delete from events.mt_events")]
    [InlineData("truncate events.mt_events")]
    [InlineData("delete from events.mt_streams")]
    [InlineData("truncate events.mt_streams")]
    [InlineData("update events.mt_streams set is_archived = true")]
    [InlineData("update events.mt_streams set id = id")]
    [InlineData("drop table events.mt_events cascade")]
    [InlineData("alter table events.mt_events disable trigger all")]
    [InlineData("delete from process_deployment.command_outcome")]
    [InlineData("update process_deployment.command_outcome set status = status")]
    [InlineData("update process_deployment.content set body = body")]
    [InlineData("delete from process_deployment.content")]
    [InlineData("delete from process_deployment.account")]
    [InlineData("update process_deployment.account set account_id = account_id")]
    public async Task refuse_the_engine_what_would_alter_history(string sql) => (await RefusalAsync(engine.Databases.Shared, sql)).ShouldBe(NotAllowed);

    [Theory]
    [InlineData("insert into events.mt_events select * from events.mt_events limit 1")]
    [InlineData("update events.mt_events set data = data")]
    [InlineData("delete from events.mt_events")]
    [InlineData("update process_deployment.account set position = 0")]
    [InlineData("select * from process_deployment.command_outcome")]
    [InlineData("delete from process_deployment.process_list")]
    public async Task refuse_the_sealer_all_but_reading_and_sealing(string sql) => (await RefusalAsync(engine.Databases.Sealer, sql)).ShouldBe(NotAllowed);

    [Theory]
    [InlineData("select count(*) from events.mt_events")]
    [InlineData("select count(*) from process_deployment.account")]
    public async Task let_the_sealer_read_what_it_seals(string sql) => (await RefusalAsync(engine.Databases.Sealer, sql)).ShouldBeNull();

    [Fact]
    public async Task let_an_engine_of_a_given_database_work_with_a_login_of_its_own()
    {
        var (owner, app) = await GivenDatabaseAsync();
        using var first = new EngineProcess(("ConnectionStrings__Postgres", app), ("ConnectionStrings__Owner", owner));
        using (var http = await first.ServingAsync()) (await http.GetAsync(new Uri("/api/v1/processes", UriKind.Relative), TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        first.Said.ShouldNotContain("could alter history");
        first.Signal("TERM");
        await first.ExitAsync();

        using var withoutOwner = new EngineProcess(("ConnectionStrings__Postgres", app));
        using (var http = await withoutOwner.ServingAsync()) (await http.GetAsync(new Uri("/api/v1/processes", UriKind.Relative), TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        withoutOwner.Said.ShouldNotContain("could alter history");
    }

    [Fact]
    public async Task are_missed_at_the_start_of_an_engine_that_could_alter_history()
    {
        using var running = new EngineProcess(("ConnectionStrings__Postgres", await engine.NewDatabaseAsync()));
        using var http = await running.ServingAsync();

        running.Said.ShouldContain("The login of this engine could alter history");
    }

    [Fact]
    public async Task that_do_not_allow_making_tables_are_told_with_the_setting_that_helps()
    {
        var (_, app) = await GivenDatabaseAsync();
        using var running = new EngineProcess(("ConnectionStrings__Postgres", app));

        (await running.ExitAsync()).ShouldBe(1);

        running.Said.ShouldContain("ConnectionStrings__Owner");
        running.Said.ShouldNotContain("   at ");
    }

    /// <summary>As an administrator would prepare it: a database, and a login that is a member of the app's role.</summary>
    private async Task<(string Owner, string App)> GivenDatabaseAsync()
    {
        var owner = new NpgsqlConnectionStringBuilder(await engine.NewDatabaseAsync());
        var login = $"app_{Guid.NewGuid():n}";
        await using var command = engine.Owner.CreateCommand($"create role {login} login password 'of-a-test' in role process_deployment_app");
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return (owner.ConnectionString, new NpgsqlConnectionStringBuilder(owner.ConnectionString) { Username = login, Password = "of-a-test" }.ConnectionString);
    }

    /// <summary>The SQLSTATE of the refusal; null when it was done. Whatever is done is taken back.</summary>
    private static async Task<string?> RefusalAsync(NpgsqlDataSource login, string sql)
    {
        await using var connection = await login.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        try
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            return null;
        }
        catch (PostgresException refused)
        {
            return refused.SqlState;
        }
    }
}
