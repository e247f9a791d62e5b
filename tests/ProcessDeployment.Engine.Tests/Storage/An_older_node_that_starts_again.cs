using Npgsql;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Tests.Storage;

public sealed class An_older_node_that_starts_again(EngineFixture engine)
{
    private const string Name = "900-test.sql";

    private static readonly SchemaScript Old = new(Name, "create or replace function process_deployment.who() returns text language sql as $$ select 'old' $$;");
    private static readonly SchemaScript New = new(Name, "-- revision: 2\n" + Old.Sql.Replace("'old'", "'new'", StringComparison.Ordinal));

    [Fact]
    public async Task leaves_alone_what_a_newer_node_made()
    {
        await using var database = await NewDatabaseAsync();
        await ApplyAsync(database, Old);
        (await WhoAsync(database)).ShouldBe("old");

        await ApplyAsync(database, New);
        await ApplyAsync(database, Old);

        (await WhoAsync(database)).ShouldBe("new");
    }

    [Fact]
    public async Task gives_way_when_it_is_overtaken_while_it_waits_for_its_turn()
    {
        await using var database = await NewDatabaseAsync();
        await ApplyAsync(database, New);

        await using var command = database.CreateCommand(Old.Guarded());
        (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken))).SqlState.ShouldBe(SchemaScript.Overtaken);

        (await WhoAsync(database)).ShouldBe("new");
    }

    [Fact]
    public async Task applies_a_change_of_its_own_revision()
    {
        await using var database = await NewDatabaseAsync();
        await ApplyAsync(database, Old);

        await ApplyAsync(database, Old with { Sql = Old.Sql + "\n" }, New);

        (await WhoAsync(database)).ShouldBe("new");
    }

    private static Task ApplyAsync(NpgsqlDataSource database, params SchemaScript[] scripts) =>
        DatabaseSchema.ApplyAsync(database, scripts, TestContext.Current.CancellationToken);

    private static async Task<string> WhoAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select process_deployment.who()");
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private async Task<NpgsqlDataSource> NewDatabaseAsync()
    {
        var database = NpgsqlDataSource.Create(await engine.NewDatabaseAsync());
        await DatabaseSchema.CreateSchemasAsync(database, TestContext.Current.CancellationToken);
        return database;
    }
}
