using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>Content is kept once per account and hash: a save that changes nothing stores nothing again.</summary>
internal static class ContentStore
{
    public static void AddTo(RoundTrip trip, IReadOnlyList<AccountChanges> accounts) => trip.Execute(
        """
        insert into process_deployment.content (account_id, content_hash, body) select * from unnest($1, $2, $3)
        on conflict (account_id, content_hash) do nothing
        """,
        (from changes in accounts
         from judged in changes.Judged
         where judged.Events.Count > 0 && judged.Command.Content?.Text is not null
         select (changes.AccountId, judged.Command.Content!.Hash, judged.Command.Content.Text)).DistinctBy(content => (content.AccountId, content.Hash)).ToList(),
        content => content.AccountId,
        rows => rows.Text(content => content.Hash).Text(content => content.Text));
}
