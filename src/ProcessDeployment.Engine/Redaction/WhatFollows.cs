using Npgsql;
using ProcessDeployment.Domain;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Redaction;

/// <summary>
/// Takes texts out of what is kept beside the events and not built from them: outcomes, letters that were put aside, who made
/// exports and rebuilds, what proofs have found. In the transaction of the redaction.
/// </summary>
internal static class WhatFollows
{
    /// <summary>The text <c>t</c> as it stands within JSON.</summary>
    public const string InJson = "substr(to_json(t.text)::text, 2, length(to_json(t.text)::text) - 2)";

    private const string Set = $"'{PersonalData.Marker}'";

    private const string Outcome = $"""
        update process_deployment.command_outcome
        set actor = case when 'actor' = any($3) then {Set} else actor end, reason = case when 'reason' = any($3) and reason is not null then {Set} else reason end
        where account_id = $1 and command_id = $2
        """;

    /// <summary>A message names what it is about in front or at its end; see the deciders.</summary>
    private const string Messages = $"""
        update process_deployment.command_outcome o
        set refusal_message = case
            when o.refusal_message = t.text then {Set}
            when starts_with(o.refusal_message, t.text || ': ') then {Set} || substr(o.refusal_message, length(t.text) + 1)
            else replace(o.refusal_message, ': ' || t.text || '.', ': {PersonalData.Marker}.') end
        from unnest($2) as t(text)
        where o.account_id = $1 and o.refusal_message is not null and position(t.text in o.refusal_message) > 0
        """;

    private const string Letters = "delete from process_deployment.dead_letter where command_id = $2 and coalesce(account_id, $1) = $1";

    private const string Repeats = "delete from process_deployment.repeat_answer where account_id = $1 and command_id = $2";

    /// <summary>Rows that a proof showed, old and new.</summary>
    private const string Findings = $"""
        update process_deployment.rebuild_job set findings = null
        where (account_id = $1 or account_id is null) and exists (select from unnest($2) as t(text) where position({InJson} in findings::text) > 0)
        """;

    private const string MadeExport = $"update process_deployment.export set made_by = {Set} where account_id = $1 and made_position = $2";

    private const string MadeRebuild = $"""
        update process_deployment.rebuild_job
        set actor = case when 'actor' = any($3) then {Set} else actor end, failure = case when 'detail' = any($3) and failure is not null then {Set} else failure end
        where job_id = $2 and (account_id = $1 or asked_in = $1)
        """;

    private const string OutcomesOfPerson = $"update process_deployment.command_outcome set actor = {Set} where account_id = $1 and actor = $2";
    private const string ExportsOfPerson = $"update process_deployment.export set made_by = {Set} where account_id = $1 and made_by = $2";
    private const string RebuildsOfPerson = $"update process_deployment.rebuild_job set actor = {Set} where (account_id = $1 or asked_in = $1) and actor = $2";
    private const string LettersOfPerson = "delete from process_deployment.dead_letter where account_id = $1 and process_deployment.read_text(body, 'data', 'actor') = $2";

    /// <summary>Adds what belongs to one event that is altered.</summary>
    public static void AddTo(AccountBatch batch, EventToRedact altered)
    {
        if (altered.CommandId is { } command)
        {
            batch.Execute(Outcome, Id(command), Parameters.Array([.. altered.Members]));
            batch.Execute(Letters, Id(command));
            batch.Execute(Repeats, Id(command));
        }

        if (altered.JobId is { } job) batch.Execute(MadeRebuild, Id(job), Parameters.Array([.. altered.Members]));
        if (altered.Members.Contains(PersonalData.Actor)) batch.Execute(MadeExport, Parameters.Value(altered.Position));
        batch.Execute(Messages, Parameters.Array([.. altered.Texts]));
        batch.Execute(Findings, Parameters.Array([.. altered.Texts]));
    }

    /// <summary>Adds what an actor left beside events: refused attempts among them.</summary>
    public static void AddTo(AccountBatch batch, string person)
    {
        foreach (var sql in (string[])[OutcomesOfPerson, ExportsOfPerson, RebuildsOfPerson, LettersOfPerson]) batch.Execute(sql, Parameters.Value(person));
        batch.Execute(Findings, Parameters.Array([person]));
    }

    private static NpgsqlParameter<Guid> Id(Guid id) => new() { TypedValue = id };
}
