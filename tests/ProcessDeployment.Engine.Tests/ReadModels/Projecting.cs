using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Testing;

namespace ProcessDeployment.Engine.Tests.ReadModels;

/// <summary>Puts events through the read models in pages of any size, without an event store before them.</summary>
internal static class Projecting
{
    public static Recorded In(this RecordedEvent recorded, string accountId) => new()
    {
        AccountId = accountId,
        Position = recorded.Position,
        Time = recorded.Time,
        Actor = recorded.Actor,
        Stream = recorded.Event.StreamName(),
        Type = WireNameAttribute.Of(recorded.Event.GetType()),
        CommandId = new Guid((int)recorded.Position, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]),
        Channel = "http",
        Source = "//tests",
        Event = recorded.Event,
    };

    public static async Task ProjectAsync(this EngineFixture engine, IEnumerable<Recorded> events, int pageSize)
    {
        foreach (var page in events.Chunk(pageSize)) await engine.ProjectPageAsync(page);
    }

    public static async Task ProjectPageAsync(this EngineFixture engine, IReadOnlyList<Recorded> page)
    {
        await using var session = engine.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        ReadModelWriter.Write(session, new(page));
        await session.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Every row of every read model of an account as text, without the account's name.</summary>
    public static async Task<string> DumpAsync(this EngineFixture engine, string accountId)
    {
        var rows = new List<string>();
        foreach (var table in ReadModelWriter.ReadModels.SelectMany(model => model.Tables))
        {
            await foreach (var row in engine.RowsAsync($"select (to_jsonb(t) - 'account_id')::text from process_deployment.{table} t where account_id = $1 order by 1", accountId))
                rows.Add($"{table} {row.GetString(0)}");
        }

        return string.Join('\n', rows);
    }

    public static async IAsyncEnumerable<NpgsqlDataReader> RowsAsync(this EngineFixture engine, string sql, params object[] parameters)
    {
        await using var command = engine.Owner.CreateCommand(sql);
        foreach (var value in parameters) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) yield return reader;
    }
}
