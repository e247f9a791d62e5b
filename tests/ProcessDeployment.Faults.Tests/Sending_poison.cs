using System.Text;
using Npgsql;
using ProcessDeployment.Faults.Tests.Harness;
using RabbitMQ.Client;

namespace ProcessDeployment.Faults.Tests;

/// <summary>
/// Row M3: what nobody can read comes between what everybody can. It is kept with its reason, and holds nothing up. Sending it
/// again is tried in Listing_dead_letters, events that cannot be read in Halting, commands of a newer type in A_command_of_a_newer_type.
/// </summary>
public sealed class Sending_poison(Rig rig) : Under_faults(rig)
{
    private static readonly string[] Poisons =
    [
        "{", "[]", "\"text\"", "", "{\"specversion\":\"1.0\"}",
        """{"specversion":"1.0","id":"ID","source":"//faults","type":"com.example.something.v1","data":{}}""",
        """{"specversion":"1.0","id":"ID","source":"//faults","type":"processdeployment.deploy-process.v1","data":{"accountId":"by-sql","actor":"faults"}}""",
        """{"specversion":"1.0","id":"ID","source":"//faults","type":"processdeployment.deploy-process.v1","data":{"accountId":"nobodys","actor":"faults","processId":"ID"}}""",
    ];

    [Fact]
    public Task is_kept_with_its_reason_and_holds_nothing_up() => RoundsAsync(
        "M3", "bad JSON, unknown types and accounts",
        async (random, report) =>
        {
            await using var database = NpgsqlDataSource.Create(Database.ConnectionString);
            await SurvivesAsync(random, report, async load =>
            {
                var sent = 0;
                for (var i = 0; i < 30; i++)
                {
                    var poison = Poisons[random.Next(Poisons.Length)].Replace("ID", Guid.CreateVersion7().ToString(), StringComparison.Ordinal);
                    sent += await SendAsync(database, poison);
                    await load.AnsweredAsync(random.Next(1, 20), onEachChannel: 0);
                }

                await Until.TrueAsync(async () => await ScalarAsync(database, "select count(*) from process_deployment.dead_letter where reason <> ''") == sent, () => $"Not all of {sent} are among the dead letters.");
                // They are accounted for: the next round begins without any.
                await ScalarAsync(database, "with gone as (delete from process_deployment.dead_letter returning 1) select count(*) from gone");
            });
        });

    /// <summary>By SQL, and where there is a broker also by it. Returns how often.</summary>
    private async Task<int> SendAsync(NpgsqlDataSource database, string poison)
    {
        await using var send = database.CreateCommand("select process_deployment.send_command($1)");
        send.Parameters.AddWithValue(poison);
        await send.ExecuteNonQueryAsync();
        if (Broker is null) return 1;
        await using var connection = await new ConnectionFactory { Uri = new(Broker.Address) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await channel.BasicPublishAsync("process-deployment.commands", AmqpAccount, mandatory: true, new BasicProperties { Persistent = true }, Encoding.UTF8.GetBytes(poison));
        return 2;
    }

    private static async Task<long> ScalarAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
