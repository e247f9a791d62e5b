using System.Threading.Channels;
using RabbitMQ.Client;

namespace ProcessDeployment.Engine.RabbitMq;

/// <summary>
/// Publishes outcomes, waits for the broker to confirm them, and only then lets the commands be acknowledged: the
/// unacknowledged command is the outbox, so no outcome gets lost and no table is needed. Redelivered, a command is answered again.
/// </summary>
internal sealed class OutcomePublisher(IChannel channel)
{
    private const int Most = 1_000;

    private readonly Channel<Answer> _answers = System.Threading.Channels.Channel.CreateUnbounded<Answer>(new() { SingleReader = true });

    public void Tell(Answer answer) => _answers.Writer.TryWrite(answer);

    public async Task RunAsync(CancellationToken cancellation)
    {
        var (batch, confirms) = (new List<Answer>(Most), new List<Task>(Most));
        while (await _answers.Reader.WaitToReadAsync(cancellation))
        {
            batch.Clear();
            confirms.Clear();
            while (batch.Count < Most && _answers.Reader.TryRead(out var answer))
            {
                batch.Add(answer);
                if (answer.CommandId is not null) confirms.Add(PublishAsync(answer, cancellation));
            }

            await Task.WhenAll(confirms);
            foreach (var answer in batch) answer.From.Finish(answer);
            foreach (var consumer in batch.Select(answer => answer.From).Distinct()) await consumer.AcknowledgeAsync(cancellation);
        }
    }

    /// <summary>Ends when the broker has it, durably where a durable queue is bound.</summary>
    private Task PublishAsync(Answer answer, CancellationToken cancellation)
    {
        var commandId = answer.CommandId!.Value.ToString();
        var properties = new BasicProperties { Persistent = true, ContentType = "application/json", CorrelationId = commandId };
        return channel.BasicPublishAsync(Names.Outcomes, commandId, mandatory: false, properties, answer.ToJson(), cancellation).AsTask();
    }
}
