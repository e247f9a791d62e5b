using System.Diagnostics;
using ProcessDeployment.Benchmarks.Harness;

namespace ProcessDeployment.Benchmarks.Engine;

/// <summary>How far the read models are.</summary>
internal static class ReadModels
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Waits until the read models of these accounts hold all of their events, and says how long that took.</summary>
    public static async Task<TimeSpan> CaughtUpAsync(BenchmarkDatabase database, IReadOnlyList<string> accounts)
    {
        var since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since) < Patience)
        {
            var behind = await database.ScalarAsync<long>(
                """
                select count(*) from process_deployment.account a left join process_deployment.read_position r on r.account_id = a.account_id
                where a.account_id = any($1) and a.position > coalesce(r.position, 0)
                """,
                (object)accounts.ToArray());
            if (behind == 0) return Stopwatch.GetElapsedTime(since);
            // Asking without a pause would take the processor from what is measured.
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }

        throw new InvalidOperationException("The read models did not catch up.");
    }
}
