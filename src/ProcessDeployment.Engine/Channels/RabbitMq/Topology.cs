using RabbitMQ.Client;

namespace ProcessDeployment.Engine.RabbitMq;

/// <summary>Declares what must be on the broker. Everything is durable, and declaring it again changes nothing.</summary>
internal static class Topology
{
    /// <summary>
    /// Quorum queues: a classic queue lives on one node of a cluster and goes with it. In front of the pipeline both brought
    /// the same rate (30,000 commands, 2,100–3,300 against 2,400–3,100 a second on two busy cores): no difference could be seen under that load.
    /// </summary>
    public static async Task DeclareAsync(IChannel channel, string? home, string queueType, CancellationToken cancellation)
    {
        await channel.ExchangeDeclareAsync(Names.Unrouted, ExchangeType.Fanout, durable: true, cancellationToken: cancellation);
        await channel.ExchangeDeclareAsync(
            Names.Commands, ExchangeType.Direct, durable: true, arguments: new Dictionary<string, object?> { ["alternate-exchange"] = Names.Unrouted }, cancellationToken: cancellation);
        await channel.ExchangeDeclareAsync(Names.Outcomes, ExchangeType.Topic, durable: true, cancellationToken: cancellation);
        await channel.ExchangeDeclareAsync(Names.Events, ExchangeType.Topic, durable: true, cancellationToken: cancellation);

        foreach (var queue in Partitions(home).Append(Names.Unrouted)) await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, Arguments(queueType, queue), cancellationToken: cancellation);
        await channel.QueueBindAsync(Names.Unrouted, Names.Unrouted, "", cancellationToken: cancellation);
    }

    public static IReadOnlyList<string> Partitions(string? home) => [.. Enumerable.Range(0, Names.Partitions).Select(number => Names.Partition(home, number))];

    public static Task BindAsync(IChannel channel, string? home, string accountId, CancellationToken cancellation) =>
        channel.QueueBindAsync(Names.PartitionOf(home, accountId), Names.Commands, accountId, cancellationToken: cancellation);

    /// <summary>For an account that is in another home now.</summary>
    public static Task UnbindAsync(IChannel channel, string? home, string accountId, CancellationToken cancellation) =>
        channel.QueueUnbindAsync(Names.PartitionOf(home, accountId), Names.Commands, accountId, cancellationToken: cancellation);

    private static Dictionary<string, object?> Arguments(string queueType, string queue)
    {
        var arguments = new Dictionary<string, object?>
        {
            ["x-queue-type"] = queueType,
            // Order: one consumer at a time, also with many nodes; the broker moves on when it goes.
            ["x-single-active-consumer"] = true,
        };
        if (queueType == "quorum" && queue != Names.Unrouted)
        {
            // RabbitMQ 4 drops a message after 20 deliveries by default, and every lost connection counts as one. -1 would say
            // "no limit" but only since 4.0, and the same queue must be declarable before and after an upgrade of the broker.
            arguments["x-delivery-limit"] = 1_000_000;
            arguments["x-dead-letter-exchange"] = Names.Unrouted;
        }

        return arguments;
    }
}
