using Npgsql;

using ProcessDeployment.Engine.Tests.Host;
using ProcessDeployment.Engine.Tests.Http;

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
    [InlineData("delete from process_deployment.export")]
    [InlineData("insert into ledger.log (id) values (gen_random_uuid())")]
    [InlineData("update ledger.checkpoint set payload = payload")]
    [InlineData("delete from ledger.tile")]
    public async Task refuse_the_engine_what_would_alter_history(string sql) => (await RefusalAsync(engine.Databases.Shared, sql)).ShouldBe(NotAllowed);

    [Theory]
    [InlineData("insert into events.mt_events select * from events.mt_events limit 1")]
    [InlineData("update events.mt_events set data = data")]
    [InlineData("delete from events.mt_events")]
    [InlineData("update process_deployment.account set position = 0")]
    [InlineData("select * from process_deployment.command_outcome")]
    [InlineData("delete from process_deployment.process_list")]
    [InlineData("update ledger.head set root = root")]
    [InlineData("delete from ledger.checkpoint")]
    [InlineData("truncate ledger.tile")]
    public async Task refuse_the_sealer_all_but_reading_and_sealing(string sql) => (await RefusalAsync(engine.Databases.Sealer, sql)).ShouldBe(NotAllowed);

    [Theory]
    [InlineData("select count(*) from events.mt_events")]
    [InlineData("select count(*) from process_deployment.account")]
    public async Task let_the_sealer_read_what_it_seals(string sql) => (await RefusalAsync(engine.Databases.Sealer, sql)).ShouldBeNull();

    [Fact]
    public async Task let_an_engine_of_a_given_database_work_and_seal_with_logins_of_its_own()
    {
        var (owner, app, sealer) = await GivenDatabaseAsync();
        using var first = new EngineProcess(("ConnectionStrings__Postgres", app), ("ConnectionStrings__Owner", owner), ("ConnectionStrings__Sealer", sealer), ("PROCESSDEPLOYMENT_LEDGER", Directory.CreateTempSubdirectory("process-deployment-ledger-").FullName));
        using (var http = await first.ServingAsync())
        {
            using var command = new StringContent(Texts.Command("register-atom", $$"""{"atomId":"{{Guid.CreateVersion7()}}","name":"A"}""", Guid.CreateVersion7()), System.Text.Encoding.UTF8, "application/json");
            (await http.PostAsync(new Uri("/api/v1/commands", UriKind.Relative), command, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
            await Eventually.BecomesAsync(() => http.GetAsync(new Uri("/api/v1/ledger/checkpoint", UriKind.Relative), TestContext.Current.CancellationToken), answer => answer.IsSuccessStatusCode);
        }

        first.Said.ShouldNotContain("could alter history");
        first.Signal("TERM");
        await first.ExitAsync();

        using var withoutOwner = new EngineProcess(("ConnectionStrings__Postgres", app), ("ConnectionStrings__Sealer", sealer));
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
        var (_, app, _) = await GivenDatabaseAsync();
        using var running = new EngineProcess(("ConnectionStrings__Postgres", app));

        (await running.ExitAsync()).ShouldBe(1);

        running.Said.ShouldContain("ConnectionStrings__Owner");
        running.Said.ShouldNotContain("   at ");
    }

    /// <summary>As an administrator would prepare it: a database, and logins that are members of the two roles.</summary>
    private async Task<(string Owner, string App, string Sealer)> GivenDatabaseAsync()
    {
        var owner = await engine.NewDatabaseAsync();
        return (owner, await engine.NewLoginAsync(owner, "process_deployment_app"), await engine.NewLoginAsync(owner, "process_deployment_sealer"));
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
