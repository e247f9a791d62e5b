using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>How far the read models of each account are. Comes last.</summary>
public sealed class ReadPositions : IReadModel
{
    public const string Channel = "process_deployment_read";

    /// <summary>PostgreSQL takes less than 8,000 bytes in one notification; an account and its position need at most 83.</summary>
    private const int AccountsPerNotification = 90;

    /// <summary>A page that does not begin where the last one ended would leave a hole in history: then nothing of it is kept.</summary>
    private const string Advance = """
        with page as (select * from unnest(^, ^, ^, ^) as p(account_id, first, position, time)),
        moved as (
            update process_deployment.read_position r set position = p.position, time = p.time
            from page p where r.account_id = p.account_id and r.position = p.first - 1 returning 1),
        started as (
            insert into process_deployment.read_position
            select p.account_id, p.position, p.time from page p where p.first = 1 on conflict do nothing returning 1)
        select (select count(*) from moved) + (select count(*) from started)
        """;

    private const string Notify = $"select pg_notify('{Channel}', n.payload) from unnest(^) as n(payload)";

    public IReadOnlyList<string> Tables => ["read_position"];

    public void Write(ReadModelPage page, PageSql sql)
    {
        var accounts = page.Events.GroupBy(e => e.AccountId, StringComparer.Ordinal).OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => a.ToList()).ToList();
        foreach (var (before, after) in accounts.SelectMany(events => events.Zip(events.Skip(1))))
        {
            if (after.Position != before.Position + 1)
                throw new ReadModelException($"In account {after.AccountId} position {after.Position} comes after {before.Position}.");
        }

        sql.Expect(
            Advance,
            Rows.Of(accounts).Text(a => a[0].AccountId).Position(a => a[0].Position).Position(a => a[^1].Position).Time(a => a[^1].Time),
            $"The page begins at {string.Join(", ", accounts.Select(a => $"{a[0].AccountId}:{a[0].Position}"))}; the read models of some of these accounts do not end there.");
        sql.Query(Notify, Rows.Of(accounts.Chunk(AccountsPerNotification).ToList()).Text(chunk => string.Join(' ', chunk.Select(a => $"{a[0].AccountId}:{a[^1].Position}"))));
    }
}
