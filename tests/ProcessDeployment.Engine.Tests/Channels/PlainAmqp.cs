using System.Collections.Concurrent;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace ProcessDeployment.ChannelTests;

/// <summary>What any AMQP client can do, with nothing of the engine's: it waits for confirms, and sends again what was not confirmed.</summary>
internal sealed class PlainAmqp : IAsyncDisposable
{
    private readonly string _address;
    private readonly string _queue = $"test.{Guid.NewGuid():n}";
    private readonly string _exchange;
    private readonly ConcurrentQueue<(string Key, JsonElement Body)> _received = new();
    private IConnection? _connection;
    private IChannel? _channel;

    private PlainAmqp(string address, string exchange) => (_address, _exchange) = (address, exchange);

    public IReadOnlyList<(string Key, JsonElement Body)> Received => [.. _received];

    /// <summary>A client that hears what comes to an exchange with these keys.</summary>
    public static Task<PlainAmqp> OpenAsync(BrokerFixture broker, string exchange = "process-deployment.outcomes", string keys = "#") => OpenAsync(broker.Server.Address, exchange, keys);

    /// <summary>The same on any broker.</summary>
    public static async Task<PlainAmqp> OpenAsync(string address, string exchange = "process-deployment.outcomes", string keys = "#")
    {
        var client = new PlainAmqp(address, exchange);
        await client.ConnectAsync(keys);
        return client;
    }

    /// <param name="account">The routing key.</param>
    /// <param name="body">The message.</param>
    /// <param name="user">Who it says that it is; the broker takes its own user only.</param>
    public async Task SendAsync(string account, ReadOnlyMemory<byte> body, string? user = null)
    {
        var started = DateTime.UtcNow;
        while (true)
        {
            try
            {
                await _channel!.BasicPublishAsync("process-deployment.commands", account, mandatory: true, user is null ? new BasicProperties { Persistent = true } : new BasicProperties { Persistent = true, UserId = user }, body);
                return;
            }
            catch (Exception e) when (e is OperationInterruptedException or AlreadyClosedException or IOException or BrokerUnreachableException && DateTime.UtcNow - started < TimeSpan.FromMinutes(1))
            {
                await ReconnectAsync();
            }
        }
    }

    public Task SendAsync(string account, string text, string? user = null) => SendAsync(account, System.Text.Encoding.UTF8.GetBytes(text), user);

    /// <summary>Puts a message where the exchange would not have put it.</summary>
    public Task SendToQueueAsync(string queue, string text, string? user = null) =>
        _channel!.BasicPublishAsync("", queue, mandatory: true, user is null ? new BasicProperties { Persistent = true } : new BasicProperties { Persistent = true, UserId = user }, System.Text.Encoding.UTF8.GetBytes(text)).AsTask();

    /// <summary>The first message about a command.</summary>
    public async Task<JsonElement> OutcomeAsync(Guid id) => (await OutcomesAsync(id, 1))[0];

    public async Task<IReadOnlyList<JsonElement>> OutcomesAsync(Guid id, int count)
    {
        IReadOnlyList<JsonElement> found = [];
        await Eventually.TrueAsync(
            () =>
            {
                found = [.. _received.Where(message => message.Key == id.ToString()).Select(message => message.Body)];
                return Task.FromResult(found.Count >= count);
            },
            $"{count} messages about {id}");
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync();
    }

    private async Task ReconnectAsync()
    {
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    if (_connection is not null) await _connection.DisposeAsync();
                    await ConnectAsync("#");
                    return true;
                }
                catch (Exception e) when (e is RabbitMQClientException or IOException)
                {
                    return false;
                }
            },
            "the broker to come back");
    }

    private async Task ConnectAsync(string keys)
    {
        _connection = await new ConnectionFactory { Uri = new(_address), AutomaticRecoveryEnabled = false }.CreateConnectionAsync();
        _channel = await _connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await _channel.QueueDeclareAsync(_queue, durable: true, exclusive: false, autoDelete: false);
        await _channel.ExchangeDeclareAsync(_exchange, ExchangeType.Topic, durable: true);
        await _channel.QueueBindAsync(_queue, _exchange, keys);
        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            _received.Enqueue((message.RoutingKey, JsonSerializer.Deserialize<JsonElement>(message.Body.Span)));
            await consumer.Channel.BasicAckAsync(message.DeliveryTag, multiple: false);
        };
        await _channel.BasicConsumeAsync(_queue, autoAck: false, consumer);
    }
}
