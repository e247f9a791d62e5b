using Npgsql;
using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Operations;
using ProcessDeployment.Engine.Ledger.Storage;
using ProcessDeployment.Engine.Operations;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Redaction;

/// <summary>Alters an event with what belongs to it, in a transaction that holds the lock of its account.</summary>
internal static class Alteration
{
    private const string SetActor = $"update events.mt_events e set user_name = $3 where e.tenant_id = $1 and {LeafSql.Position} = $2";
    private const string SetReason = $"update events.mt_events e set headers = jsonb_set(e.headers, '{{reason}}', to_jsonb($3)) where e.tenant_id = $1 and {LeafSql.Position} = $2";
    private const string SetText = $"update events.mt_events e set data = jsonb_set(e.data, $4, to_jsonb($3), false) where e.tenant_id = $1 and {LeafSql.Position} = $2";
    private const string Leaf = $"select encode({LeafSql.Hash}, 'hex') from events.mt_events e where e.tenant_id = $1 and {LeafSql.Position} = $2";

    /// <summary>What is to be appended of it.</summary>
    public static async Task<IncomingCommand> RunAsync(NpgsqlConnection connection, RedactionRequest asked, EventToRedact one, string isSealed, CancellationToken cancellation)
    {
        var becomes = "";
        await using var batch = new AccountBatch(connection, asked.AccountId);
        foreach (var member in one.Members) Take(batch, one.Position, member);
        StateThatFollows.AddTo(batch, one);
        WhatFollows.AddTo(batch, one);
        // Of a person all words are cleaned once.
        if (asked.Person is null) WhatFollows.AddWords(batch, one.Texts);
        batch.Query(Leaf, row => becomes = row.GetString(0), Parameters.Value(one.Position));
        await batch.RunAsync(cancellation);
        var happened = new PersonalDataRedacted { EventPosition = one.Position, LeafHash = isSealed, Becomes = becomes, Fields = one.Members, Reason = asked.Why };
        return OperationsLog.Noting(new() { AccountId = asked.AccountId, Actor = asked.By, Reason = asked.Why, Happened = happened });
    }

    private static void Take(AccountBatch batch, long position, string member)
    {
        var (where, marker) = (Parameters.Value(position), Parameters.Value(PersonalData.Marker));
        if (EventToRedact.PathOf(member) is { } path) batch.Execute(SetText, where, marker, Parameters.Array(path));
        else batch.Execute(member == PersonalData.Actor ? SetActor : SetReason, where, marker);
    }
}
