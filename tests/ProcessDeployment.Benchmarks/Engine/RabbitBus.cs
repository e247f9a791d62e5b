using ProcessDeployment.Benchmarks.Harness;
using RabbitMQ.Client;

namespace ProcessDeployment.Benchmarks.Engine;

/// <summary>A broker: persistent messages, confirmed by it before the engine is let at them.</summary>
internal sealed class RabbitBus : IBus
{
    private const string Exchange = "process-deployment.commands";
    private const int Unconfirmed = 1_000;

    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly EngineProcess _engine;

    private RabbitBus(IConnection connection, IChannel channel, EngineProcess engine) => (_connection, _channel, _engine) = (connection, channel, engine);

    public static async Task<RabbitBus> OpenAsync(string address, EngineProcess engine)
    {
        var connection = await new ConnectionFactory { Uri = new(address) }.CreateConnectionAsync();
        return new(connection, await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true)), engine);
    }

    public async Task FillAsync(IEnumerable<Revision> revisions)
    {
        await _engine.HoldCommandsAsync();
        foreach (var part in revisions.Chunk(Unconfirmed))
        {
            await Task.WhenAll(part.Select(async revision => await _channel.BasicPublishAsync(
                Exchange, revision.AccountId, mandatory: true, new BasicProperties { Persistent = true, ContentType = "application/cloudevents+json" }, revision.Next(Guid.CreateVersion7()))));
        }
    }

    public Task ReleaseAsync() => _engine.ReleaseCommandsAsync();

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
