using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>Brings a message to the engine and its outcome back, or throws when it cannot now.</summary>
internal interface ISender : IAsyncDisposable
{
    Task<Outcome> SendAsync(OutsideLedger.Entry entry, CancellationToken cancellation);
}

/// <summary>Senders at work until they are told to stop. A command without an answer is sent again under its id until it has one.</summary>
internal sealed class Load : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _workers = [];
    private readonly OutsideLedger _ledger;

    public Load(OutsideLedger ledger) => _ledger = ledger;

    public void Add(string accountId, RandomCommands commands, ISender sender, int workers)
    {
        for (var i = 0; i < workers; i++) _workers.Add(Task.Run(() => WorkAsync(accountId, commands, sender)));
    }

    /// <summary>Waits until so many more commands have been answered: a fault is to fall into work that goes well.</summary>
    public Task AnsweredAsync(int more)
    {
        var wanted = _ledger.Answered + more;
        return Until.TrueAsync(() => Task.FromResult(Failed() ?? _ledger.Answered >= wanted), () => $"Only {_ledger.Answered} of {wanted} commands were answered.");
    }

    /// <summary>No new commands; every one that was begun is answered.</summary>
    public async Task EndAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_workers).WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
    }

    private bool? Failed() => _workers.Find(worker => worker.IsFaulted) is { Exception: { } e } ? throw e : null;

    private async Task WorkAsync(string accountId, RandomCommands commands, ISender sender)
    {
        while (!_stop.IsCancellationRequested) await DeliverAsync(_ledger.Intend(accountId, commands.Next()), sender);
    }

    public static async Task DeliverAsync(OutsideLedger ledger, string accountId, IEnumerable<Command> commands, ISender sender)
    {
        foreach (var command in commands) await DeliverAsync(ledger.Intend(accountId, command), sender);
    }

    private static Task DeliverAsync(OutsideLedger.Entry entry, ISender sender) => Until.TrueAsync(
        async () =>
        {
            try
            {
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
                entry.Answered(await sender.SendAsync(entry, limit.Token));
                return true;
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException or Npgsql.NpgsqlException or IOException or TryAgainException)
            {
                return false;
            }
        },
        () => $"{entry.Id} was never answered.");
}

/// <summary>The engine said that it cannot now.</summary>
internal sealed class TryAgainException(string message) : Exception(message);
