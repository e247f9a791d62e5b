using System.Diagnostics;
using ProcessDeployment.Engine.Accounts;
using ProcessDeployment.Engine.DeadLetters;
using ProcessDeployment.Engine.Homes;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Engine.RabbitMq;

/// <summary>Keeps a session with the broker, and the accounts bound to their queues.</summary>
internal sealed class CommandIntake(
    BrokerConnections broker, HomeRoutes routes, Placement placement, ICommandPipeline pipeline, AccountList accounts, DeadLetterStore deadLetters, ILogger<CommandIntake> log) : BackgroundService
{
    /// <summary>Before the next session: soon after the first failure, later after more, so that a broker in trouble is not besieged.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(2);

    /// <summary>How often accounts that another node made are looked for; until then their commands go by the unrouted queue.</summary>
    private static readonly TimeSpan OtherNodes = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Heavy = TimeSpan.FromMinutes(1);

    private Session? _session;

    /// <summary>Whether commands wait for an account that is on its way.</summary>
    public bool HoldsForMove => _session?.HoldsForMove ?? false;

    /// <summary>Whether commands are consumed now.</summary>
    public bool Connected { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        accounts.Announce = BindAsync;
        placement.Changing += ReleaseHeld;
        var heavy = false;
        for (var pause = Soon; !stoppingToken.IsCancellationRequested; pause = pause < Later ? pause * 2 : Later)
        {
            try
            {
                await using var session = await Session.OpenAsync(broker, routes, heavy ? Session.Few : Session.Many, deadLetters, log, stoppingToken);
                _session = session;
                await session.ConsumeAsync(pipeline, await accounts.AllAsync(stoppingToken), stoppingToken);
                log.LogInformation("Commands are taken from RabbitMQ");
                (Connected, pause) = (true, Soon);
                await BindOthersAsync(session, heavy, stoppingToken);
                log.LogWarning("The session with RabbitMQ ended: {Reason}", await session.Ended);
                heavy = session.TooHeavy;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("RabbitMQ cannot be used for the moment: {Reason}", e.Message);
            }
            finally
            {
                (Connected, _session) = (false, null);
            }

            // A broker that went away is not hammered while it comes back: longer after each failure.
            await Task.Delay(pause, stoppingToken);
        }
    }

    private void ReleaseHeld()
    {
        if (_session is { HoldsForMove: true } session) session.End("an account moved, whose commands were held");
    }

    /// <summary>Until the session ends, which one for heavy messages does after a while: they may be small again.</summary>
    private async Task BindOthersAsync(Session session, bool heavy, CancellationToken cancellation)
    {
        var until = heavy ? Heavy : TimeSpan.MaxValue;
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(OtherNodes);
        while (await Task.WhenAny(session.Ended, timer.WaitForNextTickAsync(cancellation).AsTask()) != session.Ended)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Stopwatch.GetElapsedTime(started) > until) session.End("messages are taken many at a time again");
            else await session.BindAsync(await accounts.AllAsync(cancellation), cancellation);
        }
    }

    /// <summary>A sender who has just heard of an account must find its queue bound, or its first commands go another way and may be overtaken.</summary>
    private async Task BindAsync(string accountId)
    {
        if (_session is not { } session) return;
        try
        {
            await session.BindAsync([accountId], session.Ending);
        }
        catch (Exception e)
        {
            log.LogInformation("Account {Account} will be bound by the next session with RabbitMQ: {Reason}", accountId, e.Message);
        }
    }
}
