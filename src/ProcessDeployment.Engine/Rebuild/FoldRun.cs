using Npgsql;
using ProcessDeployment.Engine.Rebuild.Folds;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>Events through folds, on the thread of its caller: rows go out as they come to be, and progress is told now and then.</summary>
internal static class FoldRun
{
    private const int TellEvery = 256;

    /// <summary>Returns the sequence number of the last event.</summary>
    public static long Run(NpgsqlConnection reader, NpgsqlConnection writer, EventDecoder decoder, IReadOnlyList<IFold> folds, EventRange range, RebuildProgress progress, CancellationToken cancellation)
    {
        var tables = folds.SelectMany(fold => fold.Tables).ToList();
        var untold = 0;
        var last = StoredEvents.Read(
            reader,
            decoder,
            range,
            recorded =>
            {
                foreach (var fold in folds) fold.Add(recorded);
                if (++untold < TellEvery) return;
                progress.Read(untold);
                untold = 0;
                foreach (var table in tables.Where(table => table.IsFull)) table.Flush(writer);
            },
            cancellation);
        progress.Read(untold);
        return last;
    }
}
