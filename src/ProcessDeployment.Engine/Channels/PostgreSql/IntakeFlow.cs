using System.Collections.Concurrent;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.DeadLetters;
using ProcessDeployment.Engine.Homes;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Engine.PostgreSql;

/// <summary>What was read from the intake and is not answered yet. A row that fails here stays in its table and is read again.</summary>
internal sealed class IntakeFlow(ICommandPipeline pipeline, Placement placement, DeadLetterStore deadLetters, ILogger log) : IDisposable
{
    /// <summary>Rows beyond this many bytes count as several, so that memory stays bounded.</summary>
    private const int OrdinarySize = 32 * 1024;

    /// <summary>Nobody waits for room.</summary>
    private const int Nobody = -1;

    private readonly ConcurrentDictionary<long, int> _atWork = [];
    private readonly RowsSetAside _setAside = new();
    private readonly SemaphoreSlim _room = new(0, 1);
    private int _weight;
    private int _threshold = Nobody;

    public void Dispose() => _room.Dispose();

    /// <summary>Rows not to be read again now.</summary>
    public long[] AtWork => [.. _atWork.Keys, .. _setAside.Now()];

    /// <summary>Hands rows over in their order, and gives those that stay: for a node that knows more, or until their account has come to another home.</summary>
    public async Task<long[]> TakeAsync(IReadOnlyList<IntakeRow> rows, CancellationToken cancellation)
    {
        var (burials, waiting) = (new List<Burial>(), new List<long>());
        foreach (var row in rows)
        {
            if (row.Body is null)
            {
                burials.Add(new(Channels.PostgreSql, CommandId: null, BurialReason.TooLarge(row.Size), row.Id));
                continue;
            }

            var (parsed, signature) = CommandParser.ParseFromBus(row.Body);
            if (Waits(row, parsed) && _setAside.TryAdd(row.Id))
            {
                waiting.Add(row.Id);
                continue;
            }

            var why = !parsed.WellFormed ? BurialReason.Malformed(parsed.Errors)
                : await ElsewhereAsync(parsed.Envelope.Command.AccountId!, cancellation) is { } home ? BurialReason.Elsewhere(parsed.Envelope.Command.AccountId!, home.Name)
                : await SendAsync(row, parsed.Envelope, signature, cancellation);
            if (why is not null) burials.Add(new(Channels.PostgreSql, parsed.CommandId, why, row.Id));
        }

        await deadLetters.BuryAsync(burials, cancellation);
        return [.. waiting];
    }

    /// <summary>A dead letter is final, so it is looked at once more before: the account may have come here a moment ago.</summary>
    private async Task<Home?> ElsewhereAsync(string accountId, CancellationToken cancellation)
    {
        if (placement.Elsewhere(accountId) is null) return null;
        await placement.RefreshAsync(cancellation);
        return placement.Elsewhere(accountId);
    }

    private bool Waits(IntakeRow row, ParseResult parsed) =>
        (parsed.IsNewer && row.Age < NewerCommands.Patience) || (parsed.WellFormed && placement.IsMoving(parsed.Envelope.Command.AccountId!));

    /// <summary>Waits until at most so many rows are at work, a large one counting as many.</summary>
    public async Task RoomAsync(int most, CancellationToken cancellation)
    {
        Volatile.Write(ref _threshold, most);
        while (Volatile.Read(ref _weight) > most) await _room.WaitAsync(cancellation);
        Volatile.Write(ref _threshold, Nobody);
    }

    /// <summary>Null when it is in its lane.</summary>
    private async Task<BurialReason?> SendAsync(IntakeRow row, CommandEnvelope envelope, SignedCommand? signature, CancellationToken cancellation)
    {
        var weight = 1 + (int)(row.Size / OrdinarySize);
        _atWork.TryAdd(row.Id, weight);
        Interlocked.Add(ref _weight, weight);
        try
        {
            var authority = row.Login is { } login ? Authority.OfActor with { Sender = new(login, Signer: null) } : Authority.OfActor;
            var command = new IncomingCommand(envelope, Channels.PostgreSql, row.Id) { Authority = authority, Signature = signature };
            _ = SettleAsync(row.Id, envelope.CommandId, await pipeline.EnqueueAsync(command, cancellation), cancellation);
            return null;
        }
        catch (Exception e)
        {
            // Left at work it would never be read again, and its weight would be missing for ever.
            Done(row.Id);
            if (cancellation.IsCancellationRequested) throw;
            log.LogError(e, "Row {Row} of the intake could not be handed over", row.Id);
            return BurialReason.Failed(e);
        }
    }

    private async Task SettleAsync(long row, Guid commandId, Task<Outcome> answer, CancellationToken cancellation)
    {
        try
        {
            // The transaction that stored the outcome has deleted the row; without an account there was none.
            if (await WhyBuryAsync(answer) is { } why && !cancellation.IsCancellationRequested)
                await deadLetters.BuryAsync([new(Channels.PostgreSql, commandId, why, row)], cancellation);
        }
        catch (Exception e)
        {
            log.LogWarning(e, "Row {Row} of the intake stays there and will be read again", row);
        }
        finally
        {
            Done(row);
        }
    }

    private async Task<BurialReason?> WhyBuryAsync(Task<Outcome> answer)
    {
        try
        {
            var outcome = await answer;
            return outcome.Refusal?.Code == RefusalCodes.UnknownAccount ? BurialReason.UnknownAccount(outcome) : null;
        }
        catch (AccountAwayException)
        {
            // It is read again, and known better then.
            await placement.RefreshAsync(CancellationToken.None);
            return null;
        }
        catch (Exception e) when (e is not StoreUnavailableException)
        {
            return BurialReason.Failed(e);
        }
    }

    private void Done(long row)
    {
        _atWork.TryRemove(row, out var weight);
        if (Interlocked.Add(ref _weight, -weight) > Volatile.Read(ref _threshold)) return;
        try
        {
            _room.Release();
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // The reader was told already, or is gone.
        }
    }
}
