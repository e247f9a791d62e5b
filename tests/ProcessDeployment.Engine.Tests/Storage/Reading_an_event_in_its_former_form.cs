using Marten;
using Marten.Services;
using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Tests.Storage;

public sealed class Reading_an_event_in_its_former_form(EngineFixture engine)
{
    [WireName("processdeployment.atom-entitled.v1")]
    public sealed record AtomEntitled : RetiredEvent<AtomRenamed>
    {
        public required Guid AtomId { get; init; }
        public required string Title { get; init; }

        public override AtomRenamed Today() => new() { AtomId = AtomId, Name = Title };
    }

    private static SessionOptions Within(NpgsqlTransaction transaction, string account)
    {
        var options = SessionOptions.ForTransaction(transaction);
        options.TenantId = account;
        return options;
    }

    [Fact]
    public async Task gives_the_same_fact_in_todays_form()
    {
        var account = await engine.NewAccountAsync();
        var atomId = Guid.CreateVersion7();
        await account.SendAsync(new RegisterAtom { AtomId = atomId, Name = "Berlin" });
        // Never committed: the engine of the tests does not know this event, and its daemon must not meet it.
        await using var connection = await engine.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var insert = new NpgsqlCommand(
            """
            insert into events.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, headers, is_archived)
            select 9000000000, gen_random_uuid(), stream_id, version + 1, jsonb_build_object('atomId', $2, 'title', 'Hamburg'),
                   'processdeployment.atom-entitled.v1', timestamp, tenant_id, mt_dotnet_type, headers || '{"position": 2}', false
            from events.mt_events where tenant_id = $1
            """, connection, transaction);
        insert.Parameters.AddWithValue(account.Name);
        insert.Parameters.AddWithValue(atomId);
        (await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBe(1);

        await using var store = DocumentStore.For(options =>
        {
            options.Connection(engine.Owner);
            EventStore.Configure(options);
            RetiredEvents.ReadAsToday(options.Events, typeof(AtomEntitled));
        });
        await using var session = store.LightweightSession(Within(transaction, account.Name));
        var events = await session.Events.FetchStreamAsync(StreamNames.Atom(atomId), token: TestContext.Current.CancellationToken);

        events.Select(e => e.Data).ShouldBe([
            new AtomRegistered { AtomId = atomId, Name = "Berlin", AtomType = AtomType.Atom, TimeZone = "UTC" },
            new AtomRenamed { AtomId = atomId, Name = "Hamburg" },
        ]);
    }
}
