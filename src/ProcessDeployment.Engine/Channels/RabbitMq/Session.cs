using System.Collections.Concurrent;
using ProcessDeployment.Engine.DeadLetters;
using ProcessDeployment.Engine.Pipeline;
using RabbitMQ.Client;

namespace ProcessDeployment.Engine.RabbitMq;

/// <summary>
/// One life of the connections to the broker. Whatever breaks ends it as a whole, and the next one starts from nothing:
/// what was not acknowledged comes again, what was done is answered again. No state survives that could be wrong.
/// </summary>
internal sealed class Session : IAsyncDisposable
{
    /// <summary>Messages of a queue taken at once: some batches of the pipeline.</summary>
    public const ushort Many = 2_000;

    /// <summary>The same while messages are large: the broker limits their number only, and thousands of them would not fit.</summary>
    public const ushort Few = 4;

    /// <summary>Bytes at work beyond which messages are taken few at a time.</summary>
    private const long MostBytes = 32 * 1024 * 1024;

    /// <summary>The broker tells nobody that a queue is empty.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan MostDraining = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IConnection _in;
    private readonly IConnection _out;
    private readonly IChannel _topology;
    private readonly ConcurrentDictionary<string, bool> _bound = new(StringComparer.Ordinal);
    private readonly Undertaker _undertaker;
    private readonly OutcomePublisher _publisher;
    private readonly HomeRoutes _routes;
    private HashSet<string> _known = [];
    private readonly IChannel _publishing;
    private readonly ushort _prefetch;
    private bool _holdsForMove;
    private long _bytes;

    private Session(BrokerConnections broker, HomeRoutes routes, IConnection @in, IConnection @out, IChannel topology, IChannel publishing, ushort prefetch, DeadLetterStore deadLetters, ILogger log)
    {
        (_in, _out, _topology, _publishing, _prefetch) = (@in, @out, topology, publishing, prefetch);
        (_routes, User) = (routes, broker.User);
        _publisher = new(publishing);
        _undertaker = new(deadLetters, _publisher.Tell, log);
        Ending = _ending.Token;
    }

    /// <summary>Set when this session is over.</summary>
    public CancellationToken Ending { get; }

    /// <summary>Why it ended.</summary>
    public Task<string> Ended => _ended.Task;

    /// <summary>It ended because messages were too large to take many at once.</summary>
    public bool TooHeavy { get; private set; }

    /// <summary>As whom the engines sign in.</summary>
    public string User { get; }

    /// <summary>Commands of accounts that are on their way to another home are held; it ends when one has come there.</summary>
    public bool HoldsForMove
    {
        get => Volatile.Read(ref _holdsForMove);
        private set => Volatile.Write(ref _holdsForMove, value);
    }

    /// <summary>Deliveries of a queue that may wait for a newer node; the rest is for those that can be judged.</summary>
    public int MostHeld => _prefetch / 2;

    /// <summary>Connects and declares. Nothing is consumed yet.</summary>
    public static async Task<Session> OpenAsync(
        BrokerConnections broker, HomeRoutes routes, ushort prefetch, DeadLetterStore deadLetters, ILogger log, CancellationToken cancellation)
    {
        // A broker short of memory blocks connections that publish; commands must still come in.
        var @in = await broker.ConnectAsync("commands", cancellation);
        IConnection? @out = null;
        try
        {
            @out = await broker.ConnectAsync("outcomes", cancellation);
            var topology = await @in.CreateChannelAsync(cancellationToken: cancellation);
            await Topology.DeclareAsync(topology, routes.Here, broker.QueueType, cancellation);
            return new(broker, routes, @in, @out, topology, await BrokerConnections.ConfirmedChannelAsync(@out, cancellation), prefetch, deadLetters, log);
        }
        catch
        {
            await CloseAsync(@in, @out);
            throw;
        }
    }

    /// <summary>Binds accounts to their queues, and takes away the bindings of those that are in another home, where this session has not done so yet.</summary>
    public async Task BindAsync(IEnumerable<string> accounts, CancellationToken cancellation)
    {
        foreach (var account in accounts)
        {
            var isHere = _routes.TakesFor(account);
            if (_bound.TryGetValue(account, out var bound) && bound == isHere) continue;
            await (isHere ? Topology.BindAsync(_topology, _routes.Here, account, cancellation) : Topology.UnbindAsync(_topology, _routes.Here, account, cancellation));
            _bound[account] = isHere;
        }
    }

    /// <summary>The home to hand a command on to; null where it is judged here.</summary>
    public ValueTask<string?> NextHomeAsync(string accountId, Relayed relayed) => _routes.NextAsync(accountId, _known.Contains(accountId) || _bound.ContainsKey(accountId), relayed.Asked, Ending);

    /// <summary>The homes that there are.</summary>
    public IReadOnlyList<string> Homes => _routes.Homes;

    /// <summary>Ends when the broker has it in the queue of the other home.</summary>
    public Task RelayAsync(string home, string accountId, Relayed relayed, ReadOnlyMemory<byte> body) =>
        _publishing.BasicPublishAsync("", Names.PartitionOf(home, accountId), mandatory: true, Relayed.Next(relayed, _routes.Here!, User), body, Ending).AsTask();

    /// <summary>Whether commands of an account have to wait, since it is on its way.</summary>
    public bool IsMoving(string accountId) => _routes.IsMoving(accountId);

    /// <summary>A delivery is kept until its account has come to where it goes. Then all that was kept comes again, in its order.</summary>
    public void HoldForMove(string accountId)
    {
        HoldsForMove = true;
        // It may have come there just now, when nobody knew yet that something is held.
        if (!_routes.IsMoving(accountId)) End("an account moved, whose commands were held");
    }

    /// <summary>The pipeline found an account away that was thought to be here.</summary>
    public Task LookAgainAsync() => _routes.RefreshAsync(Ending);

    /// <summary>
    /// A binding can be missing: the account was made while the broker was away, or a broker that was killed forgot it. Commands
    /// sent since then are in the unrouted queue, so it comes after the partitions, and bindings come last.
    /// </summary>
    public async Task ConsumeAsync(ICommandPipeline pipeline, IReadOnlyList<string> accounts, CancellationToken cancellation)
    {
        _known = [.. accounts];
        _in.ConnectionShutdownAsync += (_, reason) => OnShutdownAsync(reason.ReplyText);
        _out.ConnectionShutdownAsync += (_, reason) => OnShutdownAsync(reason.ReplyText);
        _ = GuardAsync(_publisher.RunAsync(Ending));
        _ = GuardAsync(_undertaker.RunAsync(Ending));
        foreach (var queues in new[] { Topology.Partitions(_routes.Here), [Names.Unrouted] })
        {
            var consumers = new List<(string Queue, IChannel Channel)>();
            foreach (var queue in queues) consumers.Add((queue, await ConsumeAsync(pipeline, queue, cancellation)));
            await DrainedAsync(consumers, cancellation);
        }

        await BindAsync(accounts, cancellation);
    }

    public void Took(int bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= MostBytes || _prefetch == Few) return;
        TooHeavy = true;
        End("messages are large and taken few at a time for a while");
    }

    public void Finished(int bytes) => Interlocked.Add(ref _bytes, -bytes);

    public void Tell(Answer answer) => _publisher.Tell(answer);

    public void Bury(Burial burial, Answer answer) => _undertaker.Bury(burial, answer);

    public void End(string? why)
    {
        _ended.TrySetResult(why ?? "the connection was lost");
        _ending.Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        End("closed");
        try
        {
            await CloseAsync(_in, _out);
        }
        finally
        {
            _ending.Dispose();
        }
    }

    /// <summary>Both, whatever becomes of the first: sessions fail by the hundred while a broker is in trouble, and the broker limits connections.</summary>
    private static async Task CloseAsync(IConnection @in, IConnection? @out)
    {
        try
        {
            await @in.DisposeAsync();
        }
        finally
        {
            if (@out is not null) await @out.DisposeAsync();
        }
    }

    private async Task<IChannel> ConsumeAsync(ICommandPipeline pipeline, string queue, CancellationToken cancellation)
    {
        var channel = await _in.CreateChannelAsync(cancellationToken: cancellation);
        await channel.BasicQosAsync(prefetchSize: 0, _prefetch, global: false, cancellation);
        await channel.BasicConsumeAsync(queue, autoAck: false, new CommandConsumer(channel, pipeline, this), cancellation);
        return channel;
    }

    /// <summary>Waits until what was in the queues is in the lanes; under lasting overload not for ever.</summary>
    private async Task DrainedAsync(List<(string Queue, IChannel Channel)> consumers, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation, Ending);
        patience.CancelAfter(MostDraining);
        try
        {
            foreach (var (queue, channel) in consumers)
            {
                while ((await _topology.QueueDeclarePassiveAsync(queue, patience.Token)).MessageCount > 0) await Task.Delay(BetweenLooks, patience.Token);
                await Marker.PassAsync(channel, patience.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested && !Ending.IsCancellationRequested)
        {
            // Overload: those who wait behind these queues have waited long enough.
        }
    }

    private Task OnShutdownAsync(string? why)
    {
        End(why);
        return Task.CompletedTask;
    }

    private async Task GuardAsync(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception e)
        {
            End(e.Message);
        }
    }
}
