using RabbitMQ.Client;

namespace ProcessDeployment.Engine.RabbitMq;

/// <summary>How to reach the broker.</summary>
internal sealed class BrokerConnections
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    private readonly ConnectionFactory _factory;

    /// <param name="address">An AMQP URI; <c>amqps</c> is AMQP over TLS.</param>
    /// <param name="authorities">A file with the certificates of those who may have signed the broker's, in PEM; null for those this machine trusts.</param>
    /// <param name="queueType">Type of the queues behind the commands exchange, see <see cref="Topology"/>.</param>
    /// <exception cref="ArgumentException">Authorities are given, and nothing that they are for.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The file holds no certificates.</exception>
    public BrokerConnections(string address, string? authorities = null, string queueType = "quorum")
    {
        QueueType = queueType;
        _factory = new()
        {
            Uri = new(address),
            // Sessions are made anew as a whole; the library's recovery would bring back channels whose delivery tags mean nothing any more.
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedHeartbeat = Heartbeat,
            // The broker says something twice in each heartbeat: three times in vain is no chance, and leaves time to be done before a second one is over.
            SocketFactory = static family => new AttentiveLine(family, Heartbeat * 1.5),
            RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
            // A message beyond this would close the connection, again and again; the parser's own limit sends it to the dead letters.
            MaxInboundMessageBodySize = 512 * 1024 * 1024,
        };
        if (_factory.Ssl.Enabled) BrokerTls.Demand(_factory.Ssl, authorities);
        else if (authorities is not null) throw new ArgumentException("Without TLS there is nobody to be sure of.", nameof(authorities));
    }

    public string QueueType { get; }

    /// <summary>As whom the engines sign in, those of all homes alike.</summary>
    public string User => _factory.UserName;

    public Task<IConnection> ConnectAsync(string purpose, CancellationToken cancellation) =>
        _factory.CreateConnectionAsync($"process-deployment {purpose}", cancellation);

    /// <summary>A channel whose publishing ends when the broker has confirmed. The limit on open confirms is the caller's batch.</summary>
    public static Task<IChannel> ConfirmedChannelAsync(IConnection connection, CancellationToken cancellation) =>
        connection.CreateChannelAsync(
            new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null),
            cancellation);
}
