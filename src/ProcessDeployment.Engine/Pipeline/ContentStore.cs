using ProcessDeployment.Engine.Storage;
using static ProcessDeployment.Engine.Storage.Parameters;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>Content is kept once per account and hash: a save that changes nothing stores nothing again.</summary>
internal static class ContentStore
{
    public static void Write(AccountBatch batch, IEnumerable<Judged> judged)
    {
        var contents = judged
            .Where(j => j.Events.Count > 0)
            .Select(j => j.Command.Content)
            .OfType<StoredContent>()
            .Where(content => content.Text is not null)
            .DistinctBy(content => content.Hash)
            .ToList();
        if (contents.Count == 0) return;
        batch.Execute(
            """
            insert into process_deployment.content (account_id, content_hash, body) select $1, c.* from unnest($2, $3) as c
            on conflict (account_id, content_hash) do nothing
            """,
            Array(contents.Select(content => content.Hash).ToArray()),
            Array(contents.Select(content => content.Text).ToArray()));
    }
}
