using RabbitMQ.Client;

namespace ProcessDeployment.Engine.RabbitMq;

/// <summary>
/// Comes after everything that the broker has sent to a channel so far: the client calls the consumers of a channel one after
/// the other, so that a new one is greeted when what came before it has been handed over.
/// </summary>
internal sealed class Marker(IChannel channel) : AsyncDefaultBasicConsumer(channel)
{
    private readonly TaskCompletionSource _passed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task PassAsync(IChannel channel, CancellationToken cancellation)
    {
        // A queue of its own, which goes with its only consumer.
        var queue = await channel.QueueDeclareAsync("", durable: false, exclusive: true, autoDelete: true, cancellationToken: cancellation);
        var marker = new Marker(channel);
        var consumer = await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, marker, cancellation);
        await marker._passed.Task.WaitAsync(cancellation);
        await channel.BasicCancelAsync(consumer, cancellationToken: cancellation);
    }

    public override Task HandleBasicConsumeOkAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        _passed.TrySetResult();
        return base.HandleBasicConsumeOkAsync(consumerTag, cancellationToken);
    }
}
