using System.Globalization;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Ledger.Storage;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Questions.Asking;

/// <summary>
/// Finds the position of a moment, and waits until the read models contain it. A time means the last position at or before
/// it; one that is not over yet what there is by now, and the answer says what that was.
/// </summary>
internal sealed class Moments(Databases databases, ReadPosition reading)
{
    private const string Positions = """
        select a.position, coalesce(r.position, 0), r.time
        from process_deployment.account a left join process_deployment.read_position r on r.account_id = a.account_id
        where a.account_id = $1
        """;

    /// <summary>Times never go back within an account.</summary>
    private const string AtTime = """
        select e.position from process_deployment.audit_entry e where e.account_id = $1 and e.time <= $2 order by e.time desc, e.position desc limit 1
        """;

    /// <summary>Finds it for the question; the problem when there is no such moment, or not yet.</summary>
    public async Task<Problem?> FindAsync(QuestionParameters asked, AsOf asOf, string accountId, CancellationToken cancellation)
    {
        var (found, problem) = await ReachAsync(asked, asOf, accountId, cancellation);
        var position = asOf.Position ?? found.AtTime;
        if (problem is null) asked.Past = new(position, Sealed: position <= found.LastSealed);
        return problem;
    }

    /// <summary>Waits for a moment that the question is about too; the problem when there is no such moment, or not yet.</summary>
    public async Task<Problem?> WaitAsync(QuestionParameters asked, AsOf asOf, string accountId, CancellationToken cancellation) =>
        (await ReachAsync(asked, asOf, accountId, cancellation)).Problem;

    private async Task<(Found Found, Problem? Problem)> ReachAsync(QuestionParameters asked, AsOf asOf, string accountId, CancellationToken cancellation)
    {
        var found = await LookAsync(accountId, asOf, cancellation);
        if (asOf.Position > found.Last)
        {
            asked.Refuse(asOf.Parameter, string.Create(CultureInfo.InvariantCulture, $"must be at most {found.Last}, the position of the account"));
            return (found, AccountQuestion.Malformed(asked));
        }

        var needed = asOf.Position ?? (asOf.Time >= found.ReadTime ? found.Last : 0);
        if (needed <= found.Read) return (found, null);
        return await reading.WaitAsync(accountId, needed, cancellation)
            ? (await LookAsync(accountId, asOf, cancellation), null)
            : (found, AccountQuestion.Behind(needed));
    }

    private async Task<Found> LookAsync(string accountId, AsOf asOf, CancellationToken cancellation)
    {
        var found = new Found(0, 0, DateTimeOffset.MinValue, 0, 0);
        await using var batch = new AccountBatch(accountId);
        batch.Query(Positions, row => found = found with
        {
            // The read models may have been looked at later.
            Last = Math.Max(row.GetInt64(0), row.GetInt64(1)),
            Read = row.GetInt64(1),
            ReadTime = row.TimeIfAny(2) ?? DateTimeOffset.MinValue,
        });
        if (asOf.Time is { } time) batch.Query(AtTime, row => found = found with { AtTime = row.GetInt64(0) }, Parameters.Value(time));
        batch.Query(AccountHeads.Size, row => found = found with { LastSealed = row.GetInt64(0) });
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await batch.RunAsync(connection, cancellation);
        return found;
    }

    private sealed record Found(long Last, long Read, DateTimeOffset ReadTime, long AtTime, long LastSealed);
}

/// <summary>A moment of the past.</summary>
/// <param name="Position">Its position.</param>
/// <param name="Sealed">Whether a checkpoint of the ledger covers it.</param>
internal sealed record PastMoment(long Position, bool Sealed)
{
    public const string PositionHeader = "As-Of-Position";
    public const string SealedHeader = "Sealed";

    /// <summary>In headers, for answers that are no JSON.</summary>
    public void Say(HttpResponse response)
    {
        response.Headers[PositionHeader] = Position.ToString(CultureInfo.InvariantCulture);
        response.Headers[SealedHeader] = Sealed ? "true" : "false";
    }
}
