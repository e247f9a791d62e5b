using ProcessDeployment.Engine.Accounts;
using ProcessDeployment.Engine.DeadLetters;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Engine.RabbitMq;

/// <summary>Keeps a session with the broker, and the accounts bound to their queues.</summary>
internal sealed class CommandIntake(
    BrokerConnections broker, ICommandPipeline pipeline, AccountList accounts, DeadLetterStore deadLetters, ILogger<CommandIntake> log) : BackgroundService
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(2);

    /// <summary>How often accounts that another node made are looked for; until then their commands go by the unrouted queue.</summary>
    private static readonly TimeSpan OtherNodes = TimeSpan.FromSeconds(5);

    /// <summary>Whether commands are consumed now.</summary>
    public bool Connected { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var pause = Soon; !stoppingToken.IsCancellationRequested; pause = pause < Later ? pause * 2 : Later)
        {
            try
            {
                await using var session = await Session.OpenAsync(broker, deadLetters, log, stoppingToken);
                var bound = (await accounts.AllAsync(stoppingToken)).ToHashSet(StringComparer.Ordinal);
                await session.BindAsync(bound, stoppingToken);
                await session.ConsumeAsync(pipeline, stoppingToken);
                log.LogInformation("Commands are taken from RabbitMQ");
                (Connected, pause) = (true, Soon);
                await BindNewAsync(session, bound, stoppingToken);
                log.LogWarning("The session with RabbitMQ ended: {Reason}", await session.Ended);
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
                Connected = false;
            }

            await Task.Delay(pause, stoppingToken);
        }
    }

    /// <summary>Until the session ends.</summary>
    private async Task BindNewAsync(Session session, HashSet<string> bound, CancellationToken cancellation)
    {
        using var wake = new SemaphoreSlim(0);
        void Bind(string account) => wake.Release();

        accounts.Added += Bind;
        try
        {
            while (!session.Ended.IsCompleted)
            {
                await Task.WhenAny(session.Ended, wake.WaitAsync(OtherNodes, cancellation));
                cancellation.ThrowIfCancellationRequested();
                if (session.Ended.IsCompleted) return;
                var fresh = (await accounts.AllAsync(cancellation)).Where(bound.Add).ToList();
                await session.BindAsync(fresh, cancellation);
            }
        }
        finally
        {
            accounts.Added -= Bind;
        }
    }
}
