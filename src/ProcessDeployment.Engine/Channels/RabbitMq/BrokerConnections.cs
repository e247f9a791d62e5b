using RabbitMQ.Client;

namespace ProcessDeployment.Engine.RabbitMq;

/// <summary>How to reach the broker.</summary>
/// <param name="address">An AMQP URI.</param>
/// <param name="queueType">Type of the queues behind the commands exchange, see <see cref="Topology"/>.</param>
internal sealed class BrokerConnections(string address, string queueType = "quorum")
{
    private readonly ConnectionFactory _factory = new()
    {
        Uri = new(address),
        // Sessions are made anew as a whole; the library's recovery would bring back channels whose delivery tags mean nothing any more.
        AutomaticRecoveryEnabled = false,
        TopologyRecoveryEnabled = false,
        RequestedHeartbeat = TimeSpan.FromSeconds(10),
        RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
        // A message beyond this would close the connection, again and again; the parser's own limit sends it to the dead letters.
        MaxInboundMessageBodySize = 512 * 1024 * 1024,
    };

    public string QueueType => queueType;

    public Task<IConnection> ConnectAsync(string purpose, CancellationToken cancellation) =>
        _factory.CreateConnectionAsync($"process-deployment {purpose}", cancellation);

    /// <summary>A channel whose publishing ends when the broker has confirmed. The limit on open confirms is the caller's batch.</summary>
    public static Task<IChannel> ConfirmedChannelAsync(IConnection connection, CancellationToken cancellation) =>
        connection.CreateChannelAsync(
            new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null),
            cancellation);
}
