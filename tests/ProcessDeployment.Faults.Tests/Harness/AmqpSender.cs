using System.Collections.Concurrent;
using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>A plain AMQP client: publishes with confirms, and hears outcomes.</summary>
internal sealed class AmqpSender(string address) : ISender
{
    private readonly SemaphoreSlim _connecting = new(1);
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<Outcome>> _waiting = new();
    private Link? _link;

    public async Task<Outcome> SendAsync(OutsideLedger.Entry entry, CancellationToken cancellation)
    {
        var answer = _waiting.GetOrAdd(entry.Id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        var channel = await ChannelAsync(cancellation);
        await channel.BasicPublishAsync("process-deployment.commands", entry.AccountId, mandatory: true, new BasicProperties { Persistent = true }, entry.Message, cancellation);
        var outcome = await answer.Task.WaitAsync(cancellation);
        _waiting.TryRemove(entry.Id, out _);
        return outcome;
    }

    public async ValueTask DisposeAsync()
    {
        if (_link is not null) await _link.Connection.DisposeAsync();
        _connecting.Dispose();
    }

    private async Task<IChannel> ChannelAsync(CancellationToken cancellation)
    {
        await _connecting.WaitAsync(cancellation);
        try
        {
            if (_link is { Channel.IsOpen: true } open) return open.Channel;
            if (_link is { } broken) await broken.Connection.DisposeAsync();
            _link = null;
            _link = await ConnectAsync(cancellation);
            return _link.Channel;
        }
        finally
        {
            _connecting.Release();
        }
    }

    /// <summary>A link counts once it hears outcomes: one given up half-way would publish for ever and never hear a word.</summary>
    private async Task<Link> ConnectAsync(CancellationToken cancellation)
    {
        var connection = await new ConnectionFactory { Uri = new(address), AutomaticRecoveryEnabled = false }.CreateConnectionAsync(cancellation);
        try
        {
            var channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellation);
            await ListenAsync(channel, cancellation);
            return new(connection, channel);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task ListenAsync(IChannel channel, CancellationToken cancellation)
    {
        var queue = await channel.QueueDeclareAsync(cancellationToken: cancellation);
        await channel.QueueBindAsync(queue.QueueName, "process-deployment.outcomes", "#", cancellationToken: cancellation);
        channel.ChannelShutdownAsync += (_, why) => GiveUpAsync(why);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            var outcome = JsonSerializer.Deserialize<Outcome>(message.Body.Span, WireJson.Options)!;
            if (_waiting.TryGetValue(outcome.CommandId, out var answer)) answer.TrySetResult(outcome);
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer, cancellation);
    }

    /// <summary>Outcomes that this link would have brought do not come any more: whoever waits for one asks again, at once.</summary>
    private Task GiveUpAsync(ShutdownEventArgs why)
    {
        foreach (var waiting in _waiting)
            if (_waiting.TryRemove(waiting)) waiting.Value.TrySetException(new AlreadyClosedException(why));
        return Task.CompletedTask;
    }

    private sealed record Link(IConnection Connection, IChannel Channel);
}
