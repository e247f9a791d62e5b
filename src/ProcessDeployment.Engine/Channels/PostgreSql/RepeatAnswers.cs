using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Storage;
using static ProcessDeployment.Engine.Storage.Parameters;

namespace ProcessDeployment.Engine.PostgreSql;

/// <summary>
/// First outcomes are stored beside their events; the answer to a repeat is stored nowhere else, and on this channel its
/// sender reads it from a table. It is written in the transaction that takes the row out of the intake.
/// </summary>
internal static class RepeatAnswers
{
    public static void AddTo(AccountBatch batch, IReadOnlyList<IncomingCommand> commands, IReadOnlyList<Outcome> answers)
    {
        var repeats = commands.Zip(answers)
            .Where(pair => pair.First.IntakeRow is not null && (pair.Second.Replayed || pair.Second.Refusal?.Code == RefusalCodes.CommandIdReused))
            .Select(pair => (Row: pair.First.IntakeRow!.Value, Answer: pair.Second))
            .ToList();
        if (repeats.Count == 0) return;
        batch.Execute(
            """
            with gone as (delete from process_deployment.command_intake where id = any($2) returning id)
            insert into process_deployment.repeat_answer (account_id, command_id, refusal)
            -- Rows that another node has answered are gone; of several repeats in one batch the last counts.
            select distinct on (r.command_id) $1, r.command_id, r.refusal
            from unnest($2, $3, $4) as r(row_id, command_id, refusal) join gone on gone.id = r.row_id
            order by r.command_id, r.row_id desc
            on conflict (account_id, command_id) do update set refusal = excluded.refusal, answered_at = excluded.answered_at
            """,
            Array(repeats.Select(r => r.Row).ToArray()),
            Array(repeats.Select(r => r.Answer.CommandId).ToArray()),
            Json(repeats.Select(r => r.Answer.Replayed ? null : JsonSerializer.Serialize(r.Answer.Refusal, WireJson.Options)).ToArray()));
    }
}
