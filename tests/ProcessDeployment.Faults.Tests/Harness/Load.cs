using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Testing;
using RabbitMQ.Client.Exceptions;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>Brings a message to the engine and its outcome back, or throws when it cannot now.</summary>
internal interface ISender : IAsyncDisposable
{
    Task<Outcome> SendAsync(OutsideLedger.Entry entry, CancellationToken cancellation);
}

/// <summary>
/// Senders at work until they are told to stop. A command without an answer is sent again under its id until it has one: how long
/// that may take is judged after the fault, since a fault lasts as long as a broken server needs to start on a busy machine.
/// </summary>
internal sealed class Load : IAsyncDisposable
{
    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _giveUp = new();
    private readonly List<Task> _workers = [];
    private readonly List<(string AccountId, RandomCommands Commands, ISender Sender)> _channels = [];
    private readonly OutsideLedger _ledger;

    public Load(OutsideLedger ledger) => _ledger = ledger;

    /// <summary>Makes what must be there before anything else, and then sets workers to it. The sender is disposed with this.</summary>
    public async Task BeginAsync(string accountId, RandomCommands commands, ISender sender, int workers)
    {
        _channels.Add((accountId, commands, sender));
        await DeliverAllAsync(accountId, commands.Beginning(), sender);
        // Channels may begin side by side.
        lock (_workers) _workers.AddRange(Enumerable.Range(0, workers).Select(_ => Task.Run(() => WorkAsync(accountId, commands, sender))));
    }

    /// <summary>Waits until so many more commands have been answered, some on every channel: a fault is to fall into work that goes well.</summary>
    public Task AnsweredAsync(int more, int onEachChannel)
    {
        var wanted = _ledger.Answered + more;
        var wantedOf = _channels.Select(channel => channel.AccountId).Distinct(StringComparer.Ordinal).ToDictionary(account => account, account => _ledger.AnsweredOf(account) + onEachChannel, StringComparer.Ordinal);
        return Until.TrueAsync(
            () => Task.FromResult(Failed() ?? (_ledger.Answered >= wanted && wantedOf.All(of => _ledger.AnsweredOf(of.Key) >= of.Value))),
            () => $"Only {_ledger.Answered} of {wanted} commands were answered; {string.Join(", ", wantedOf.Select(of => $"{_ledger.AnsweredOf(of.Key)} of {of.Value} in {of.Key}"))}.\n{_ledger.Unanswered}");
    }

    /// <summary>No new commands; every one that was begun is answered. What holds licences lets go of them: the next load finds as many as this one.</summary>
    public async Task EndAsync()
    {
        await _stop.CancelAsync();
        await Until.TrueAsync(() => Task.FromResult(Failed() ?? _workers.TrueForAll(worker => worker.IsCompleted)), () => $"Commands were never answered.\n{_ledger.Unanswered}");
        await Task.WhenAll(_channels.Select(channel => DeliverAllAsync(channel.AccountId, channel.Commands.Ending(), channel.Sender)));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _giveUp.CancelAsync();
        await Task.WhenAll(_workers).ContinueWith(static _ => { }, TaskScheduler.Default);
        foreach (var channel in _channels) await channel.Sender.DisposeAsync();
        _stop.Dispose();
        _giveUp.Dispose();
    }

    private bool? Failed() => _workers.Find(worker => worker.IsFaulted) is { Exception: { } e } ? throw e : null;

    private async Task WorkAsync(string accountId, RandomCommands commands, ISender sender)
    {
        while (!_stop.IsCancellationRequested) await DeliverAsync(_ledger.Intend(accountId, commands.Next()), sender, _giveUp.Token);
    }

    /// <summary>None of these waits for another, so they go a few at a time.</summary>
    private Task DeliverAllAsync(string accountId, IEnumerable<Command> commands, ISender sender) =>
        Task.WhenAll(commands.Chunk(4).Select(some => DeliverSomeAsync(accountId, some, sender)));

    private async Task DeliverSomeAsync(string accountId, Command[] commands, ISender sender)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        foreach (var command in commands) await DeliverAsync(_ledger.Intend(accountId, command), sender, limit.Token);
    }

    /// <summary>Sends one command until it is answered.</summary>
    public static async Task DeliverAsync(OutsideLedger.Entry entry, ISender sender, CancellationToken giveUp)
    {
        using var timer = new PeriodicTimer(Pause);
        while (true)
        {
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(giveUp);
                limit.CancelAfter(Attempt);
                entry.Answered(await sender.SendAsync(entry, limit.Token));
                return;
            }
            catch (Exception e) when (!giveUp.IsCancellationRequested && IsOutage(e))
            {
                entry.Missed(e);
            }

            await timer.WaitForNextTickAsync(giveUp);
        }
    }

    private static bool IsOutage(Exception e) =>
        e is HttpRequestException or OperationCanceledException or Npgsql.NpgsqlException or IOException or RabbitMQClientException or TryAgainException;
}

/// <summary>The engine said that it cannot now.</summary>
internal sealed class TryAgainException(string message) : Exception(message);
