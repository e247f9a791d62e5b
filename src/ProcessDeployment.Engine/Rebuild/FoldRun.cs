using Npgsql;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Rebuild.Folds;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>
/// Events through folds on one thread, which is busy with them while PostgreSQL is with those that come next: a second one
/// would only take the processor away from it. Rows go out as they come to be, and progress is told now and then.
/// </summary>
internal sealed class FoldRun(EventDecoder decoder, QuestionsFirst? questions, RebuildTurns? turns, RebuildProgress progress)
{
    /// <summary>Between two looks at whether somebody waits.</summary>
    private const int StepSize = 32;

    /// <summary>Returns the sequence number of the last event.</summary>
    public Task<long> RunAsync(NpgsqlConnection reader, NpgsqlConnection writer, IReadOnlyList<IFold> folds, EventRange range, CancellationToken cancellation) =>
        Threads.RunAsync(() => Run(reader, writer, folds, range, cancellation));

    private long Run(NpgsqlConnection reader, NpgsqlConnection writer, IReadOnlyList<IFold> folds, EventRange range, CancellationToken cancellation)
    {
        using var turn = turns?.Begin(cancellation);
        var (tables, count, worker) = (folds.SelectMany(fold => fold.Tables).ToList(), 0, questions?.Begun());
        var last = StoredEvents.Read(
            reader,
            decoder,
            range,
            recorded =>
            {
                foreach (var fold in folds) fold.Add(recorded);
                if (++count < StepSize) return;
                Step();
            },
            cancellation);
        Step();
        return last;

        void Step()
        {
            progress.Read(count);
            count = 0;
            foreach (var table in tables.Where(table => table.IsFull)) table.Flush(writer);
            worker?.StepAside();
            turn?.Next(cancellation);
        }
    }
}
