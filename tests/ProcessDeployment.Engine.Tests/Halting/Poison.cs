using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Accounts;
using ProcessDeployment.Engine.Halting;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Rebuild;
using ProcessDeployment.Engine.Rebuild.Proof;
using ProcessDeployment.Engine.Storage;
using ProcessDeployment.Engine.Tests.Rebuild;

namespace ProcessDeployment.Engine.Tests.Halting;

/// <summary>Events that an engine cannot read. Nothing of ours writes them; a newer release, a restored backup or a hand in the database might.</summary>
internal static class Poison
{
    public static readonly string[] Kinds = ["of unknown type", "of a newer form", "with a broken body", "of a vanished type"];

    public static async Task<string> NewAccountAsync(this OwnEngine engine)
    {
        var name = $"p-{Guid.NewGuid():n}";
        await engine.Services.GetRequiredService<AccountList>().AddAsync(name, TestContext.Current.CancellationToken);
        return name;
    }

    /// <summary>Appends to a stream of its own; returns the position of the first.</summary>
    public static Task<long> PoisonAsync(this OwnEngine engine, string accountId, string kind, int count = 1) => engine.Databases.PoisonAsync(accountId, kind, count);

    /// <summary>The same where there are only databases.</summary>
    public static Task<long> PoisonAsync(this Databases databases, string accountId, string kind, int count = 1)
    {
        var (type, dotnet, data) = kind switch
        {
            "of unknown type" => ("processdeployment.invented.v1", "Nobody.Knows, Nowhere", "{}"),
            // As a newer release would write it: the record has the same name there, and its body might even be read as today's.
            "of a newer form" => ("processdeployment.atom-renamed.v2", "ProcessDeployment.Domain.Atoms.AtomRenamed, ProcessDeployment.Domain", $$"""{"atomId":"{{Guid.CreateVersion7()}}","name":"Misread"}"""),
            "with a broken body" => ("processdeployment.atom-registered.v1", "ProcessDeployment.Domain.Atoms.AtomRegistered, ProcessDeployment.Domain", "{\"atomId\": 5}"),
            _ => ("processdeployment.vanished.v1", "ProcessDeployment.Domain.Atoms.AtomVanished, ProcessDeployment.Domain", "[]"),
        };
        return databases.PoisonAsync(accountId, type, dotnet, data, count);
    }

    /// <summary>The same with a type and a body of one's own.</summary>
    public static async Task<long> PoisonAsync(this Databases databases, string accountId, string type, string dotnet, string data, int count = 1)
    {
        var stream = $"component/{Guid.CreateVersion7()}";
        await using var owner = databases.OpenOwner();
        await using var command = owner.CreateCommand(
            $"""
            with a as (update process_deployment.account set position = position + {count}, last_time = clock_timestamp() where account_id = '{accountId}' returning position, last_time),
            s as (insert into events.mt_streams (tenant_id, id, type, version, timestamp, created, is_archived) values ('{accountId}', '{stream}', 'component', {count}, now(), now(), false))
            insert into events.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, headers, user_name, is_archived)
            select nextval('events.mt_events_sequence'), gen_random_uuid(), '{stream}', i, '{data}', '{type}', a.last_time, '{accountId}', '{dotnet}',
                jsonb_build_object('position', a.position - {count} + i, 'commandId', gen_random_uuid(), 'channel', 'http', 'source', '//tests'), 'somebody', false
            from a, generate_series(1, {count}) i
            returning (headers ->> 'position')::bigint
            """);
        var first = (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        await using var notify = owner.CreateCommand("notify mt_events_appended");
        await notify.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return first;
    }

    public static Task<List<HaltedAccount>> HaltedAsync(this OwnEngine engine) => engine.Services.GetRequiredService<HaltedAccounts>().AllAsync(TestContext.Current.CancellationToken);

    public static async Task<HaltedAccount?> HaltedAsync(this OwnEngine engine, string accountId) => (await engine.HaltedAsync()).SingleOrDefault(halted => halted.AccountId == accountId);

    /// <summary>Waits until the account is halted there, for a reason.</summary>
    public static async Task<HaltedAccount> HaltsAtAsync(this OwnEngine engine, string accountId, long position) =>
        (await Eventually.BecomesAsync(() => engine.HaltedAsync(accountId), halted => halted?.Position == position && halted.Problem is not null))!;

    /// <summary>Waits until the projection has gone by all of the account, whether it could be read or not: what it has not come to does not halt yet.</summary>
    public static Task IsGoneByAsync(this OwnEngine engine, string accountId) => Eventually.BecomesAsync(
        () => engine.ScalarAsync<bool>($"select ({ShardProgress.Sql}) >= max(seq_id) from events.mt_events where tenant_id = '{accountId}'"),
        isGoneBy => isGoneBy);

    /// <summary>Waits until the read models have all of the account.</summary>
    public static Task FollowsAsync(this OwnEngine engine, string accountId) => Eventually.BecomesAsync(
        () => engine.ScalarAsync<bool>($"""
            select a.position = coalesce(r.position, 0) and not exists (select from process_deployment.halted_account h where h.account_id = a.account_id)
            from process_deployment.account a left join process_deployment.read_position r using (account_id) where a.account_id = '{accountId}'
            """),
        follows => follows);

    public static Task<(System.Net.HttpStatusCode Status, string Body)> SkipAsync(this OwnEngine engine, string accountId, long position, string reason = "of a test") => engine.PostAsync(
        $"/api/v1/halted-accounts/{accountId}/skip", string.Create(CultureInfo.InvariantCulture, $$"""{"position": {{position}}, "reason": "{{reason}}"}"""));

    /// <summary>Every table is what an independent fold of the events says, until where its read models are.</summary>
    public static async Task<AccountProof> ShouldBeAFoldAsync(this OwnEngine engine, string accountId)
    {
        var proof = await engine.Services.GetRequiredService<Prover>()
            .ProveAsync(accountId, [.. RebuildModel.All.SelectMany(model => model.Proofs)], proved: null, TestContext.Current.CancellationToken);
        proof.Lines().ShouldBeEmpty();
        return proof;
    }

    public static Task<long> ReadAsync(this OwnEngine engine, string accountId) => engine.Services.GetRequiredService<ReadPosition>().CurrentAsync(accountId, TestContext.Current.CancellationToken);

    public static SaveComponent Save(string name, Guid? id = null) => new() { ComponentId = id ?? Guid.CreateVersion7(), ComponentType = "process", Name = name };
}
