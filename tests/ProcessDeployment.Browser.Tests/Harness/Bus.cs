using System.Text;
using Npgsql;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Browser.Tests.Harness;

/// <summary>Others, who use no page: any SQL client may send commands, under the name of whoever acts.</summary>
internal sealed class Bus(RunningEngine engine)
{
    private const string Account = "local";

    public async Task<Guid> SendAsync(Command command, string actor = "sam@example.com")
    {
        var id = Guid.CreateVersion7();
        await using var database = NpgsqlDataSource.Create(engine.OwnerLogin);
        await using var send = database.CreateCommand("select process_deployment.send_command($1)");
        send.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Encoding.UTF8.GetString(CommandWriter.ToCloudEvent(id, "//tests/sql", command with { AccountId = Account, Actor = actor })) });
        await send.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        return id;
    }
}
