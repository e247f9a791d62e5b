using System.Collections.Concurrent;
using Npgsql;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Questions.Asking;

/// <summary>
/// Counting costs as much as reading all of it, and whoever scrolls asks for it with every page. A count holds as long as
/// the read models of the account do not move, one of the past for ever, so the database counts again only when they did.
/// </summary>
internal sealed class Totals
{
    private const int Most = 1_000;
    private readonly ConcurrentDictionary<(string AccountId, string Question), Counted> _counted = new();

    /// <summary>The statement that counts: what is counted, with its filters from <c>$3</c> on.</summary>
    public static MomentSql Counting(Func<Moment, string> from, int filters) =>
        new(at => $"select case when {at.Position} <> ${filters + 3} then (select count(*) {from(at)}) end");

    /// <summary>Adds the count to the batch; afterwards tells the total for the position that the batch saw.</summary>
    public Func<long, long> Count(QuestionBatch batch, string question, MomentSql count, params NpgsqlParameter[] filters)
    {
        var key = (batch.AccountId, question);
        var before = _counted.GetValueOrDefault(key, new(-1, 0));
        long? now = null;
        batch.Query(
            count,
            row => now = row.IsDBNull(0) ? null : row.GetInt64(0),
            [.. filters, Parameters.Value(before.Position)]);
        return position =>
        {
            if (now is not { } total) return before.Total;
            if (_counted.Count >= Most) _counted.Clear();
            _counted[key] = new(position, total);
            return total;
        };
    }

    private sealed record Counted(long Position, long Total);
}
