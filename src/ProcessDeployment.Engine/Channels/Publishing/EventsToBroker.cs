using System.Text.Json;
using JasperFx.Events.Daemon;
using Marten;
using Marten.Subscriptions;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.RabbitMq;
using RabbitMQ.Client;
using EventRange = JasperFx.Events.Projections.EventRange;

namespace ProcessDeployment.Engine.Publishing;

/// <summary>
/// Publishes events in the order of the log, so of positions in each account, at least once. The daemon runs it on one node
/// and stores how far it came after each page; nothing is stored per event. Wolverine's outbox would write and delete a row for each
/// event and send from several places at once, which loses the order that subscribers need.
/// </summary>
internal sealed class EventsToBroker(BrokerConnections broker, ReadableEvents readable, EventsOfThisHome ours, ILogger<EventsToBroker> log) : ISubscription, IAsyncDisposable
{
    public const string Name = "published-events";

    /// <summary>Between attempts while the broker does not take events.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private IConnection? _connection;
    private IChannel? _channel;

    public async Task<IChangeListener> ProcessEventsAsync(
        EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
    {
        // One that has no published form stops the subscription, and readiness says so: passed over, it would be missing downstream for ever.
        var events = (await ours.OfAsync(await readable.OfAsync(page, operations, cancellationToken), cancellationToken)).ConvertAll(PublishedEvents.Translate);
        // Without a broker the page waits: an error would stop the subscription until somebody starts it again.
        while (!await TryPublishAsync(events, cancellationToken)) await Task.Delay(Pause, cancellationToken);
        return NullChangeListener.Instance;
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection) await connection.DisposeAsync();
        (_connection, _channel) = (null, null);
    }

    private async Task<bool> TryPublishAsync(List<PublishedEvent> events, CancellationToken cancellation)
    {
        try
        {
            var channel = await ChannelAsync(cancellation);
            // The broker takes them in this order; only the waiting for its confirms is done for all at once.
            await Task.WhenAll(events.ConvertAll(@event => PublishAsync(channel, @event, cancellation)));
            return true;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            log.LogWarning("{Count} events wait to be published: {Reason}", events.Count, e.Message);
            await DisposeAsync();
            return false;
        }
    }

    private async Task<IChannel> ChannelAsync(CancellationToken cancellation)
    {
        if (_channel is { IsOpen: true } open) return open;
        await DisposeAsync();
        _connection = await broker.ConnectAsync("events", cancellation);
        var channel = await BrokerConnections.ConfirmedChannelAsync(_connection, cancellation);
        await channel.ExchangeDeclareAsync(Names.Events, ExchangeType.Topic, durable: true, cancellationToken: cancellation);
        return _channel = channel;
    }

    private static Task PublishAsync(IChannel channel, PublishedEvent @event, CancellationToken cancellation)
    {
        var properties = new BasicProperties
        {
            Persistent = true,
            ContentType = "application/cloudevents+json",
            MessageId = @event.Id,
            CorrelationId = @event.Data.CommandId.ToString(),
        };
        return channel.BasicPublishAsync(
            Names.Events, @event.Type, mandatory: false, properties, JsonSerializer.SerializeToUtf8Bytes(@event, WireJson.Options), cancellation).AsTask();
    }
}
