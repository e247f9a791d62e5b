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

    /// <summary>
    /// Words may name what they are about anywhere, see the deciders: what contains a text goes as a whole, or the rest would tell
    /// what was there. One text at a time: of several matches an update takes any one.
    /// </summary>
    private const string Messages = $"""
        update process_deployment.command_outcome o
        set refusal_message = case when position($2 in o.refusal_message) > 0 then {Set} else o.refusal_message end,
            refusal_details = process_deployment.without_text(o.refusal_details, $2, {Set}),
            warnings = process_deployment.without_text(o.warnings, $2, {Set})
        where o.account_id = $1 and (position($2 in o.refusal_message) > 0
            or exists (select from (values ($2)) t(text) where position({InJson} in concat(o.refusal_details::text, ' ', o.warnings::text)) > 0))
        """;

    private const string Letters = "delete from process_deployment.dead_letter where command_id = $2 and coalesce(account_id, $1) = $1";

    private const string Repeats = "delete from process_deployment.repeat_answer where account_id = $1 and command_id = $2";

    /// <summary>Rows that a proof showed, old and new: of this account alone, since a proof may be of all.</summary>
    private const string Findings = $"""
        update process_deployment.rebuild_job j set findings = (
            select jsonb_agg(case when p.proof ->> 'accountId' = $1
                then jsonb_set(p.proof, array['tables'], (
                    select coalesce(jsonb_agg(jsonb_set(f.finding, array['shown'], '[]') order by f.n), '[]') from jsonb_array_elements(p.proof -> 'tables') with ordinality f(finding, n)))
                else p.proof end order by p.n)
            from jsonb_array_elements(j.findings) with ordinality p(proof, n))
        where (j.account_id = $1 or j.account_id is null) and jsonb_typeof(j.findings) = 'array' and exists (
            select from jsonb_array_elements(j.findings) p(proof), (values ($2)) t(text) where p.proof ->> 'accountId' = $1 and position({InJson} in p.proof::text) > 0)
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

    private const string AnythingOfPerson = """
        select exists (select from process_deployment.command_outcome where account_id = $1 and actor = $2)
            or exists (select from process_deployment.export where account_id = $1 and made_by = $2)
            or exists (select from process_deployment.rebuild_job where (account_id = $1 or asked_in = $1) and actor = $2)
            or exists (select from process_deployment.dead_letter where account_id = $1 and process_deployment.read_text(body, 'data', 'actor') = $2)
        """;

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
    }

    /// <summary>Adds what words about other things may hold: the longest first, since one may be part of another.</summary>
    public static void AddWords(AccountBatch batch, IEnumerable<string> texts)
    {
        foreach (var text in texts.Distinct(StringComparer.Ordinal).OrderByDescending(text => text.Length))
        {
            batch.Execute(Messages, Parameters.Value(text));
            batch.Execute(Findings, Parameters.Value(text));
        }
    }

    /// <summary>Adds what an actor left beside events: refused attempts among them.</summary>
    public static void AddPerson(AccountBatch batch, string person)
    {
        foreach (var sql in (string[])[OutcomesOfPerson, ExportsOfPerson, RebuildsOfPerson, LettersOfPerson]) batch.Execute(sql, Parameters.Value(person));
        AddWords(batch, [person]);
    }

    /// <summary>Adds the question whether an actor left anything there.</summary>
    public static void AddWhetherAnything(AccountBatch batch, string person, Action<bool> answer) =>
        batch.Query(AnythingOfPerson, row => answer(row.GetBoolean(0)), Parameters.Value(person));

    private static NpgsqlParameter<Guid> Id(Guid id) => new() { TypedValue = id };
}
