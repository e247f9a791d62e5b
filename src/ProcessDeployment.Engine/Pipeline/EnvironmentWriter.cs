using System.Text.Json;
using ProcessDeployment.Domain;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>The part of <see cref="StateWriter"/> that is about environments themselves. What is in them is written with Atoms and Processes.</summary>
internal static class EnvironmentWriter
{
    public static void AddTo(RoundTrip trip, IReadOnlyList<AccountChanges> accounts)
    {
        trip.Execute(
            """
            insert into process_deployment.environment_use_state (account_id, stream_version, enabled) select * from unnest($1, $2, $3)
            on conflict (account_id) do update set stream_version = excluded.stream_version, enabled = excluded.enabled
            """,
            [.. accounts.Where(changes => changes.Streams.ContainsKey(StreamNames.Environments))],
            changes => changes.AccountId,
            rows => rows.Position(changes => changes.Streams[StreamNames.Environments]).Flag(changes => changes.Account.Environments!.Enabled));
        trip.Execute(
            """
            insert into process_deployment.environment_state (account_id, environment_id, stream_version, state)
            select * from unnest($1, $2, $3, $4)
            on conflict (account_id, environment_id) do update set stream_version = excluded.stream_version, state = excluded.state
            """,
            (from changes in accounts
             from environment in changes.Account.Environments!.All
             where changes.Streams.ContainsKey(StreamNames.Environment(environment.Key))
             select (changes.AccountId, Id: environment.Key, Length: changes.Streams[StreamNames.Environment(environment.Key)], After: environment.Value)).ToList(),
            e => e.AccountId,
            rows => rows.Uuid(e => e.Id).Position(e => e.Length).Json(e => JsonSerializer.Serialize(e.After, StateJson.Default.DeploymentEnvironment)));
    }
}
