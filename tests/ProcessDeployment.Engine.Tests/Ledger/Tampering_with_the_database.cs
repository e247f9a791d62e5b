using Npgsql;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Ledger;

/// <summary>As superuser, who may do everything with the database. It is undone again, since others work on the same one.</summary>
public sealed class Tampering_with_the_database(EngineFixture engine) : IAsyncLifetime
{
    private const string At = "tenant_id = $1 and (headers ->> 'position')::bigint";

    private NpgsqlConnection _connection = null!;
    private NpgsqlTransaction _tampering = null!;

    public async ValueTask InitializeAsync()
    {
        _connection = await engine.Owner.OpenConnectionAsync();
        _tampering = await _connection.BeginTransactionAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _tampering.DisposeAsync();
        await _connection.DisposeAsync();
    }

    [Theory]
    [InlineData($"update events.mt_events set data = jsonb_set(data, '{{name}}', '\"Productiom\"') where {At} = 5", 5)]
    [InlineData($"update events.mt_events set data = data - 'timeZone' where {At} = 5", 5)]
    [InlineData($"update events.mt_events set user_name = 'kim@example.org' where {At} = 8", 8)]
    [InlineData($"update events.mt_events set timestamp = timestamp + interval '1 microsecond' where {At} = 1", 1)]
    [InlineData($"update events.mt_events set headers = headers || '{{\"reason\": \"approved\"}}' where {At} = 9", 9)]
    [InlineData($"update events.mt_events set correlation_id = null where {At} = 2", 2)]
    [InlineData($"update events.mt_events set type = 'processdeployment.atom-renamed.v1' where {At} = 6", 6)]
    [InlineData($"update events.mt_events set id = gen_random_uuid() where {At} = 3", 3)]
    [InlineData($"delete from events.mt_events where {At} = 4", 4)]
    [InlineData($"delete from events.mt_events where {At} = 12", 12)]
    [InlineData($"delete from events.mt_events where {At} between 11 and 12", 11)]
    [InlineData("delete from events.mt_events where tenant_id = $1 and stream_id like 'atom/%'", 5)]
    [InlineData("delete from events.mt_events where tenant_id = $1", 1)]
    public async Task by_changing_or_deleting_events_is_found_at_the_first_of_them(string sql, long position)
    {
        var shop = await TwelveAsync();
        var checkpoint = await engine.SealedAsync(shop.Account, 12);
        await TamperAsync(sql, shop.Account.Name);

        using var bundle = await TestBundle.ExportAsync(_connection, engine.Ledger(), shop.Account.Name, checkpoint);

        (await bundle.VerifyAsync()).ShouldBeAltered(position);
    }

    [Fact]
    public async Task by_nothing_is_proven()
    {
        var shop = await TwelveAsync();
        var checkpoint = await engine.SealedAsync(shop.Account, 12);

        using var all = await TestBundle.ExportAsync(_connection, engine.Ledger(), shop.Account.Name, checkpoint);
        using var some = await TestBundle.ExportAsync(_connection, engine.Ledger(), shop.Account.Name, checkpoint, 4, 9);
        using var one = await TestBundle.ExportAsync(_connection, engine.Ledger(), shop.Account.Name, checkpoint, 12, 12);

        foreach (var bundle in new[] { all, some, one }) (await bundle.VerifyAsync()).ShouldBeProven();
    }

    [Fact]
    public async Task by_inserting_an_event_and_moving_the_others_up_is_found_at_the_inserted_one()
    {
        var shop = await TwelveAsync();
        var checkpoint = await engine.SealedAsync(shop.Account, 12);
        await TamperAsync(Move("> 7", "+ 1000"), shop.Account.Name);
        await TamperAsync(Move("> 1000", "- 999"), shop.Account.Name);
        await TamperAsync(
            $"""
            insert into events.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers, user_name, is_archived)
            select nextval('events.mt_events_sequence'), gen_random_uuid(), stream_id, version + 100, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id,
                jsonb_set(headers, '{"{position}"}', '8'), user_name, false
            from events.mt_events where {At} = 7
            """,
            shop.Account.Name);

        using var bundle = await TestBundle.ExportAsync(_connection, engine.Ledger(), shop.Account.Name, checkpoint);

        (await bundle.VerifyAsync()).ShouldBeAltered(8);
    }

    [Fact]
    public async Task by_swapping_two_events_is_found_at_the_first()
    {
        var shop = await TwelveAsync();
        var checkpoint = await engine.SealedAsync(shop.Account, 12);
        foreach (var (from, by) in new[] { ("= 6", "+ 1000"), ("= 10", "- 4"), ("= 1006", "- 996") }) await TamperAsync(Move(from, by), shop.Account.Name);

        using var bundle = await TestBundle.ExportAsync(_connection, engine.Ledger(), shop.Account.Name, checkpoint);

        (await bundle.VerifyAsync()).ShouldBeAltered(6);
    }

    [Fact]
    public async Task by_moving_an_event_to_another_account_is_found_where_it_was()
    {
        var (shop, other) = (await TwelveAsync(), await engine.NewAccountAsync());
        var checkpoint = await engine.SealedAsync(shop.Account, 12);
        await TamperAsync(
            $"""
            with stream as (
                insert into events.mt_streams (tenant_id, id, type, version, timestamp, created, is_archived)
                select '{other.Name}', s.id, s.type, s.version, s.timestamp, s.created, false from events.mt_streams s where s.tenant_id = $1)
            update events.mt_events set tenant_id = '{other.Name}' where {At} = 9
            """,
            shop.Account.Name);

        using var bundle = await TestBundle.ExportAsync(_connection, engine.Ledger(), shop.Account.Name, checkpoint);

        (await bundle.VerifyAsync()).ShouldBeAltered(9);
    }

    /// <summary>The event and its sealed hash; nobody can change the root as well, since it is signed.</summary>
    [Fact]
    public async Task by_changing_an_event_together_with_the_ledger_is_found_by_the_root()
    {
        var shop = await TwelveAsync();
        var (kept, checkpoint) = (await engine.SealedAsync(shop.Account, 1), await engine.SealedAsync(shop.Account, 12));
        await TamperAsync($"update events.mt_events set user_name = 'kim@example.org' where {At} = 12", shop.Account.Name);
        await TamperAsync(
            $"""
            update ledger.run r set hashes = substring(r.hashes from 1 for length(r.hashes) - 32) || (select {Engine.Ledger.Storage.LeafSql.Hash} from events.mt_events e where e.{At} = 12)
            where r.account_id = $1 and r.first = (select max(first) from ledger.run where account_id = $1)
            """,
            shop.Account.Name);
        // For once it stays: the ledger is read elsewhere, and nothing else looks at the actor again.
        await _tampering.CommitAsync(TestContext.Current.CancellationToken);

        using var bundle = await TestBundle.ExportAsync(_connection, engine.Ledger(), shop.Account.Name, checkpoint);

        (await bundle.VerifyAsync()).ShouldBeAltered();
        (await bundle.VerifyAsync("--checkpoint", Keep(bundle, checkpoint))).ShouldBeAltered(1);
        if (kept.Head.Size < 12) (await bundle.VerifyAsync("--checkpoint", Keep(bundle, kept), "--checkpoint", Keep(bundle, checkpoint))).ShouldBeAltered(kept.Head.Size + 1);
    }

    private static string Keep(TestBundle bundle, Engine.Ledger.Proofs.AccountCheckpoint checkpoint) =>
        bundle.Write($"kept-{checkpoint.Number}.json", System.Text.Json.JsonSerializer.Serialize(checkpoint, Contracts.Json.WireJson.Options));

    private static string Move(string positions, string by) =>
        $"update events.mt_events set headers = jsonb_set(headers, '{{position}}', to_jsonb((headers ->> 'position')::bigint {by})) where {At} {positions}";

    private async Task<Shop> TwelveAsync()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync([.. Enumerable.Range(8, 5).Select(i => new RenameAtom { AtomId = shop.Backup, Name = $"backup {i}" })]);
        return shop;
    }

    private async Task TamperAsync(string sql, string accountId)
    {
        await using var command = new NpgsqlCommand(sql, _connection, _tampering);
        command.Parameters.AddWithValue(accountId);
        (await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBeGreaterThan(0);
    }
}
