using System.Threading.Channels;
using Npgsql;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Ledger.Sealing;

/// <summary>
/// Seals events within a second, and says every hour that there were none. One among all nodes does: whoever holds the
/// lock. It is woken as the read models are, and looks for itself when a notification gets lost.
/// </summary>
internal sealed class Sealer(Databases databases, LedgerFolder folder, SealingPace pace, SealerStatus status, ILogger<Sealer> log) : BackgroundService
{
    private const long Lock = 0x70726f63_6c656467;

    private readonly Channel<TaskCompletionSource<string>> _rotations = Channel.CreateUnbounded<TaskCompletionSource<string>>();

    /// <summary>Has the ledger go on with a new key; the id of that key.</summary>
    /// <exception cref="SealingException">This node does not seal.</exception>
    public async Task<string> RotateKeyAsync(CancellationToken cancellation)
    {
        if (!status.IsSealing) throw new SealingException(status.Trouble ?? "This node does not seal; ask the one that does.");
        var rotation = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _rotations.Writer.WriteAsync(rotation, cancellation);
        await using var wake = databases.Shared.CreateCommand("select pg_notify('mt_events_appended', '')");
        await wake.ExecuteNonQueryAsync(cancellation);
        return await rotation.Task.WaitAsync(cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            string? trouble = null;
            try
            {
                await HoldAsync(stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it is, such as a row somebody damaged: the engine goes on, unsealed, and says so.
                trouble = e.Message;
                if (status.Trouble != trouble) log.LogError(e, "Nothing is sealed: {Why}", trouble);
            }
            finally
            {
                status.Ends(trouble);
                while (_rotations.Reader.TryRead(out var waiting)) waiting.TrySetException(new SealingException(trouble ?? "This node has stopped sealing."));
            }

            await Task.Delay(pace.BeforeTryingAgain, stoppingToken);
        }
    }

    private async Task HoldAsync(CancellationToken cancellation)
    {
        await using var connection = await databases.Sealer.OpenConnectionAsync(cancellation);
        await using (var tryLock = new NpgsqlCommand($"select pg_try_advisory_lock({Lock})", connection))
        {
            if (await tryLock.ExecuteScalarAsync(cancellation) is not true) return;
        }

        var woken = false;
        connection.Notification += (_, _) => Volatile.Write(ref woken, true);
        await using (var listen = new NpgsqlCommand("listen mt_events_appended", connection)) await listen.ExecuteNonQueryAsync(cancellation);
        var (keys, published) = (new KeyFolder(folder.Path), new PublishedFile(folder.Path));
        using var session = new SealingSession(connection, await SealingStart.FromAsync(connection, keys, published, cancellation), keys, published, status, new(status, log, pace.LookAgainAtStopped));
        status.Begins();
        while (true)
        {
            // Before looking, so that what happens in between is not missed.
            Volatile.Write(ref woken, false);
            var more = await session.RoundAsync(pace.AtLeastEvery, cancellation);
            while (_rotations.Reader.TryRead(out var rotation)) await RotateAsync(session, rotation, cancellation);
            if (more) continue;
            await Task.Delay(pace.BetweenRounds, cancellation);
            if (!Volatile.Read(ref woken)) await connection.WaitAsync(pace.LookAgain, cancellation);
        }
    }

    private static async Task RotateAsync(SealingSession session, TaskCompletionSource<string> rotation, CancellationToken cancellation)
    {
        try
        {
            rotation.TrySetResult(await session.RotateAsync(cancellation));
        }
        catch (Exception e)
        {
            rotation.TrySetException(e);
            throw;
        }
    }
}

/// <summary>How often things happen to the ledger.</summary>
/// <param name="BetweenRounds">While events keep coming: each round is a commit and a signature, and nobody needs more of them.</param>
/// <param name="LookAgain">For notifications that got lost.</param>
/// <param name="AtLeastEvery">A checkpoint says that nothing happened, too.</param>
/// <param name="LookAgainAtStopped">An account that was stopped may have been mended without growing.</param>
/// <param name="BeforeTryingAgain">After a failure, and while another node seals.</param>
internal sealed record SealingPace(TimeSpan BetweenRounds, TimeSpan LookAgain, TimeSpan AtLeastEvery, TimeSpan LookAgainAtStopped, TimeSpan BeforeTryingAgain)
{
    public static SealingPace Default { get; } = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(5), TimeSpan.FromHours(1), TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(2));
}
