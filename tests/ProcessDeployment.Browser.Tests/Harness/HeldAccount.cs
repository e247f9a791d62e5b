using Npgsql;

namespace ProcessDeployment.Browser.Tests.Harness;

/// <summary>Nothing that is sent to the account is answered while this lasts.</summary>
internal sealed class HeldAccount : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database;
    private readonly NpgsqlConnection _connection;

    private HeldAccount(NpgsqlDataSource database, NpgsqlConnection connection) => (_database, _connection) = (database, connection);

    public static async Task<HeldAccount> HoldAsync(RunningEngine engine)
    {
        var database = NpgsqlDataSource.Create(engine.OwnerLogin);
        var connection = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var hold = new NpgsqlCommand("begin; select from process_deployment.account where account_id = 'local' for update", connection);
        await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return new(database, connection);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _database.DisposeAsync();
    }
}
