using System.Collections.Concurrent;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>Somebody downstream with a durable queue of published events, who must be told of each at least once.</summary>
internal sealed class Subscriber(string address) : IAsyncDisposable
{
    private const string Queue = "faults";

    private readonly ConcurrentDictionary<(string AccountId, long Position), bool> _heard = new();
    private IConnection? _connection;

    public bool Heard(string accountId, long position) => _heard.ContainsKey((accountId, position));

    /// <summary>Also anew, after the broker was away.</summary>
    public async Task SubscribeAsync()
    {
        await DisposeAsync();
        _connection = await new ConnectionFactory { Uri = new(address), AutomaticRecoveryEnabled = false }.CreateConnectionAsync();
        var channel = await _connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await channel.QueueBindAsync(Queue, "process-deployment.events", "#");
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            var data = JsonDocument.Parse(message.Body).RootElement.GetProperty("data");
            _heard[(data.GetProperty("accountId").GetString()!, data.GetProperty("position").GetInt64())] = true;
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false);
        };
        await channel.BasicConsumeAsync(Queue, autoAck: false, consumer);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync();
    }
}
