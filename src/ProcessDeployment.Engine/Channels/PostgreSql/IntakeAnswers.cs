using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.PostgreSql;

/// <summary>
/// Takes answered commands out of the intake, in the transaction of their effects. First outcomes are stored beside their
/// events; the answer to a repeat is stored nowhere else, and on this channel its sender reads it from a table.
/// </summary>
internal static class IntakeAnswers
{
    private const string Repeats = """
        with gone as (delete from process_deployment.command_intake where id = any($2) returning id)
        insert into process_deployment.repeat_answer (account_id, command_id, refusal)
        -- Rows that another node has answered are gone; of several repeats in one batch the last counts.
        select distinct on (r.account_id, r.command_id) r.account_id, r.command_id, r.refusal
        from unnest($1, $2, $3, $4) as r(account_id, row_id, command_id, refusal) join gone on gone.id = r.row_id
        order by r.account_id, r.command_id, r.row_id desc
        on conflict (account_id, command_id) do update set refusal = excluded.refusal, answered_at = excluded.answered_at
        """;

    private const string Answered = "delete from process_deployment.command_intake i using unnest($1, $2) as r(account_id, row_id) where i.id = r.row_id";

    public static void AddTo(RoundTrip trip, IEnumerable<(IncomingCommand Command, Outcome Outcome)> answered)
    {
        var answers = (from answer in answered where answer.Command.IntakeRow is not null select (answer.Command.AccountId, Row: answer.Command.IntakeRow!.Value, answer.Outcome)).ToList();
        trip.Execute(
            Repeats,
            [.. answers.Where(answer => answer.Outcome.Replayed || answer.Outcome.Refusal?.Code == RefusalCodes.CommandIdReused)],
            answer => answer.AccountId,
            rows => rows
                .Position(answer => answer.Row)
                .Uuid(answer => answer.Outcome.CommandId)
                .Json(answer => answer.Outcome.Replayed ? null : JsonSerializer.Serialize(answer.Outcome.Refusal, WireJson.Options)));
        trip.Execute(Answered, answers, answer => answer.AccountId, rows => rows.Position(answer => answer.Row));
    }
}
