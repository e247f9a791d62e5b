using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Access;

/// <summary>Who may do what, as decisions see it: from the commit on, on every node. Whether it still is as remembered is asked each time; its rows come along only when it is not.</summary>
internal sealed class KnownAccess(Databases databases, AccessPictures pictures)
{
    private const string Sql = """
        select u.stream_version, u.mark, s.kind, s.state
        from process_deployment.access_use_state u
        left join process_deployment.access_state s on s.account_id = case when (u.stream_version, u.mark) is distinct from ($2, $3) then u.account_id end
        where u.account_id = $1 order by s.kind
        """;

    public async ValueTask<AccessState> OfAsync(string accountId, CancellationToken cancellation)
    {
        var (remembered, picture) = (pictures.Of(accountId), AccessPicture.None);
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var batch = new AccountBatch(connection, accountId);
        batch.Query(
            Sql,
            row => picture = picture.With(row.GetInt64(0), row.IsDBNull(1) ? null : row.GetGuid(1), row.IsDBNull(2) ? null : AccessRows.Read(row.GetString(2), row.GetString(3)), remembered),
            Parameters.Value(remembered?.Length ?? 0), Parameters.Optional(remembered?.Mark));
        await batch.RunAsync(cancellation);
        // Of what has none it is not known whether it is an account at all: anybody may name one.
        if (picture.Length > 0) pictures.Keep(accountId, picture);
        return picture.State;
    }

    /// <summary>What was so when it was looked up last; null for an account that nobody looked at. Only for those whom the pipeline looks at again, under the account's lock.</summary>
    public AccessState? Remembered(string accountId) => pictures.Of(accountId)?.State;
}
