using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain;
using ProcessDeployment.Engine.Halting;
using ProcessDeployment.Engine.ReadModels;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>Which events to read.</summary>
/// <param name="After">Sequence numbers beyond this one.</param>
/// <param name="Until">And not beyond this one.</param>
internal sealed record EventRange(long After, long Until)
{
    /// <summary>Null for those of all accounts.</summary>
    public IReadOnlyList<string>? Accounts { get; init; }

    /// <summary>Names under which events are stored that nobody wants. What nobody knows could be one that is wanted: it is not left out, but met.</summary>
    public IReadOnlyCollection<string> Without { get; init; } = [];

    /// <summary>Whether what is kept beside them is wanted too: command, correlation, channel and the like.</summary>
    public bool Whole { get; init; } = true;

    /// <summary>Accounts that are left as they are: their events are gone by, and one of which an event cannot be read becomes one of them. Null: such an event ends the reading.</summary>
    public LeftAccounts? Left { get; init; }

    /// <summary>At most so many; null for all.</summary>
    public int? AtMost { get; init; }

    /// <summary>Not beyond this position, where they are of one account; null for all.</summary>
    public long? UntilPosition { get; init; }

    public string Condition => string.Join(" and ", Conditions());

    private IEnumerable<string> Conditions()
    {
        yield return $"e.seq_id > {After} and e.seq_id <= {Until}";
        if (UntilPosition is { } position) yield return $"coalesce((e.headers ->> 'position')::bigint, 0) <= {position}";
        if (Accounts is not null) yield return $"e.tenant_id in ({string.Join(", ", Accounts.Select(Quoted))})";
        if (Without.Count > 0) yield return $"e.type not in ({string.Join(", ", Without.Select(name => $"'{name}'"))})";
    }

    /// <summary>COPY takes no parameters. The form of account names leaves nothing to escape.</summary>
    private static string Quoted(string accountId) => AccountIds.IsWellFormed(accountId) ? $"'{accountId}'" : throw new ArgumentException($"{accountId} {AccountIds.Rule}", nameof(accountId));
}

/// <summary>
/// Reads events in the order in which they were appended, in one stream of binary COPY. Within an account that is the order
/// of positions. Runs on the thread of its caller: there is nothing else to do meanwhile.
/// </summary>
internal static class StoredEvents
{
    private const string Narrow = "e.tenant_id, (e.headers ->> 'position')::bigint, e.timestamp, coalesce(e.user_name, ''), e.type, e.data, e.seq_id";

    private const int NarrowCount = 7;

    private const int LookUpEvery = 1_024;

    /// <summary>Gives each event to <paramref name="take"/>; returns the sequence number of the last.</summary>
    /// <exception cref="RebuildException">An event cannot be read; names its account, position and stream.</exception>
    public static long Read(NpgsqlConnection connection, EventDecoder decoder, EventRange range, Action<Recorded> take, CancellationToken cancellation)
    {
        var skipped = SkippedEvents.Read(connection);
        using var rows = new CopiedRows(
            connection,
            $"select {Narrow}{(range.Whole ? Beside.Columns : "")} from events.mt_events e where {range.Condition} order by e.seq_id{(range.AtMost is { } most ? $" limit {most}" : "")}",
            NarrowCount + (range.Whole ? Beside.Count : 0));
        var (last, count) = (range.After, 0L);
        try
        {
            while (rows.Next())
            {
                if (++count % LookUpEvery == 0) cancellation.ThrowIfCancellationRequested();
                last = rows.Long(6);
                if (Row(rows, decoder, range, skipped) is { } recorded) take(recorded);
            }
        }
        catch
        {
            rows.Cancel();
            throw;
        }

        return last;
    }

    /// <summary>Null for one that is gone by.</summary>
    private static Recorded? Row(CopiedRows row, EventDecoder decoder, EventRange range, SkippedEvents skipped)
    {
        var accountId = row.RecurringText(0);
        var position = row.IsNull(1) ? throw new RebuildException($"An event of account {accountId} has no position.") : row.Long(1);
        var type = row.RecurringText(4);
        if (range.Left?.Contains(accountId) == true || Happened(decoder, accountId, position, type, row.Json(5), range, skipped) is not { } happened) return null;
        var beside = range.Whole ? Beside.Read(row) : default;
        return new()
        {
            AccountId = accountId,
            Position = position,
            Time = row.Time(2),
            Actor = row.RecurringText(3),
            Stream = beside.Stream ?? "",
            Type = type,
            CommandId = beside.CommandId,
            CorrelationId = beside.CorrelationId,
            CausationId = beside.CausationId,
            Reason = beside.Reason,
            Channel = beside.Channel,
            Source = beside.Source,
            Event = happened,
        };
    }

    /// <summary>Null for one for which its account is left as it is.</summary>
    private static DomainEvent? Happened(EventDecoder decoder, string accountId, long position, string type, ReadOnlySpan<byte> body, EventRange range, SkippedEvents skipped)
    {
        try
        {
            return (DomainEvent?)skipped.At(accountId, position) ?? decoder.Read(type, body);
        }
        catch (RebuildException e) when (range.Left is not null)
        {
            range.Left.Add(accountId, position, e.Message);
            return null;
        }
        catch (RebuildException e)
        {
            throw new UnreadableEventException(accountId, position, e);
        }
    }

    /// <summary>What is kept beside an event.</summary>
    private readonly record struct Beside(string Stream, Guid? CommandId, string? CorrelationId, string? CausationId, string? Reason, string? Channel, string? Source)
    {
        public const int Count = 7;

        public const string Columns = """
            , e.stream_id, (e.headers ->> 'commandId')::uuid, e.correlation_id, e.causation_id, e.headers ->> 'reason', e.headers ->> 'channel', e.headers ->> 'source'
            """;

        public static Beside Read(CopiedRows row) => new(
            row.OptionalText(NarrowCount)!,
            row.OptionalId(NarrowCount + 1),
            row.OptionalText(NarrowCount + 2),
            row.OptionalText(NarrowCount + 3),
            row.OptionalText(NarrowCount + 4),
            row.OptionalText(NarrowCount + 5),
            row.OptionalText(NarrowCount + 6));
    }
}

/// <summary>An event that stands in the way of whatever depends on it.</summary>
internal sealed class UnreadableEventException(string accountId, long position, Exception cause)
    : Exception($"The event at position {position} of account {accountId} cannot be read: {cause.Message}", cause)
{
    public string AccountId { get; } = accountId;

    public long Position { get; } = position;
}
