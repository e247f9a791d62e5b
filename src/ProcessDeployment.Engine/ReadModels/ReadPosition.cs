using ProcessDeployment.Engine.Halting;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>How far the read models of an account are, on whichever node they are written.</summary>
public sealed class ReadPosition(Databases databases, ReadPositionFeed feed)
{
    /// <summary>As long as a question waits for <c>atLeast</c>, unless it says otherwise.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Notifications are a hint that may get lost with their connection.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    private const string WhereItStands = """
        select r.position, h.position, h.stream, h.type, h.problem
        from process_deployment.account a
        left join process_deployment.read_position r on r.account_id = a.account_id
        left join process_deployment.halted_account h on h.account_id = a.account_id and h.problem is not null
        where a.account_id = $1
        """;

    /// <summary>0 while there is nothing to read.</summary>
    public async Task<long> CurrentAsync(string accountId, CancellationToken cancellation = default)
    {
        var position = 0L;
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var batch = new AccountBatch(connection, accountId);
        batch.Query("select position from process_deployment.read_position where account_id = $1", row => position = row.GetInt64(0));
        await batch.RunAsync(cancellation);
        return position;
    }

    /// <summary>Waits until the read models contain a position; false when they do not within <see cref="Patience"/>.</summary>
    /// <exception cref="AccountHaltedException">They stand still before it, at an event that could not be read.</exception>
    public Task<bool> WaitAsync(string accountId, long position, CancellationToken cancellation = default) => WaitAsync(accountId, position, Patience, cancellation);

    /// <summary>The same with a patience of the caller's.</summary>
    /// <exception cref="AccountHaltedException">They stand still before it, at an event that could not be read.</exception>
    public async Task<bool> WaitAsync(string accountId, long position, TimeSpan atMost, CancellationToken cancellation)
    {
        if (feed.Reached(accountId) >= position) return true;

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(atMost);
        try
        {
            while (true)
            {
                // Before looking, so that what happens in between is not missed.
                var moved = feed.NextAsync(accountId);
                if (await ReachedAsync(accountId, position, patience.Token)) return true;
                await Task.WhenAny(moved, Task.Delay(LookAgain, patience.Token));
                patience.Token.ThrowIfCancellationRequested();
                if (feed.Reached(accountId) >= position) return true;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<bool> ReachedAsync(string accountId, long position, CancellationToken cancellation)
    {
        var (reached, halted) = (0L, (HaltedAccount?)null);
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var batch = new AccountBatch(connection, accountId);
        batch.Query(WhereItStands, row =>
        {
            reached = row.IsDBNull(0) ? 0 : row.GetInt64(0);
            if (!row.IsDBNull(1)) halted = new(accountId, row.GetInt64(1), row.Text(2), row.Text(3), row.Text(4));
        });
        await batch.RunAsync(cancellation);
        return reached >= position || (halted is null ? false : throw new AccountHaltedException(halted));
    }
}
