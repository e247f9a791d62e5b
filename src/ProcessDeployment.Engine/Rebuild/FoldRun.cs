using System.Collections.Concurrent;
using Npgsql;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Rebuild.Folds;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>
/// Events through folds on one thread, while another reads what comes next: rows go out as they come to be, and progress is
/// told now and then.
/// </summary>
internal static class FoldRun
{
    /// <summary>Handed over one by one, events would cost more to hand over than to fold.</summary>
    private const int PageSize = 256;

    /// <summary>What is read ahead lies in memory.</summary>
    private const int PagesAhead = 8;

    /// <summary>Returns the sequence number of the last event.</summary>
    public static async Task<long> RunAsync(NpgsqlConnection reader, NpgsqlConnection writer, EventDecoder decoder, IReadOnlyList<IFold> folds, EventRange range, RebuildProgress progress, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var pages = new BlockingCollection<List<Recorded>>(PagesAhead);
        var reading = QuietThread.RunAsync(() => ReadAhead(reader, decoder, range, pages, stop.Token));
        try
        {
            await QuietThread.RunAsync(() => Fold(pages, writer, folds, progress, cancellation));
        }
        catch
        {
            await stop.CancelAsync();
            // Its connection and the pages are in use until it has ended; what it ended with is not why.
            await Task.WhenAny(reading);
            throw;
        }

        return await reading;
    }

    /// <summary>Returns how many there were.</summary>
    private static long Fold(BlockingCollection<List<Recorded>> pages, NpgsqlConnection writer, IReadOnlyList<IFold> folds, RebuildProgress progress, CancellationToken cancellation)
    {
        var (tables, count) = (folds.SelectMany(fold => fold.Tables).ToList(), 0L);
        foreach (var page in pages.GetConsumingEnumerable(cancellation))
        {
            foreach (var recorded in page)
            {
                foreach (var fold in folds) fold.Add(recorded);
            }

            count += page.Count;
            progress.Read(page.Count);
            foreach (var table in tables.Where(table => table.IsFull)) table.Flush(writer);
        }

        return count;
    }

    private static long ReadAhead(NpgsqlConnection reader, EventDecoder decoder, EventRange range, BlockingCollection<List<Recorded>> pages, CancellationToken cancellation)
    {
        try
        {
            var page = new List<Recorded>(PageSize);
            var last = StoredEvents.Read(
                reader,
                decoder,
                range,
                recorded =>
                {
                    page.Add(recorded);
                    if (page.Count < PageSize) return;
                    pages.Add(page, cancellation);
                    page = new(PageSize);
                },
                cancellation);
            pages.Add(page, cancellation);
            return last;
        }
        finally
        {
            pages.CompleteAdding();
        }
    }
}
