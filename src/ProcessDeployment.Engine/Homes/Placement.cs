using System.Collections.Frozen;
using System.Diagnostics;
using Npgsql;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Homes;

/// <summary>
/// Where accounts are, as far as this engine needs to know it: which of them are not here. What the database says counts
/// before the configuration, since accounts move. Known for a few seconds: where it is stale, the pipeline refuses under
/// the lock of the account, and whoever meets that has it looked at again.
/// </summary>
internal sealed class Placement(Databases databases, HomeOptions options, ILogger<Placement> log) : BackgroundService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    private const string Sql = """
        select a.account_id, a.away, m.state
        from process_deployment.account a left join process_deployment.account_move m using (account_id)
        where a.away is not null or a.account_id = any($1)
        """;

    private readonly string[] _listedElsewhere = [.. options.All.Where(home => home.Name != options.Name).SelectMany(home => home.Accounts)];
    private readonly SemaphoreSlim _looking = new(1, 1);
    private volatile FrozenDictionary<string, Place> _places = FrozenDictionary<string, Place>.Empty;
    private long _begun;

    /// <summary>Called just before it is known here that an account left, came, or is about to.</summary>
    public event Action Changing = static () => { };

    /// <summary>The home that has an account; null for one that is here, on its way, or nowhere.</summary>
    public Home? Elsewhere(string accountId) => _places.TryGetValue(accountId, out var place)
        ? place.HasLeft ? options.Find(place.Away) : null
        : options.OtherOf(accountId);

    /// <summary>Whether an account is on its way and takes commands nowhere for the moment.</summary>
    public bool IsMoving(string accountId) => _places.TryGetValue(accountId, out var place) && place.Away is not null && Elsewhere(accountId) is null;

    /// <summary>Whether an account came here and is still closed, since the other home has it too.</summary>
    public bool HasArrived(string accountId) => _places.TryGetValue(accountId, out var place) && place is { Away: not null, State: "arrived" };

    /// <summary>Looks now, before anything is served.</summary>
    /// <exception cref="EngineStartException">What the database says and what is configured do not fit together.</exception>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        await RefreshAsync(cancellation);
        foreach (var (account, place) in _places)
        {
            if (place is { Away: null, State: null })
            {
                throw new EngineStartException(
                    $"The account {account} is in the database of this home, but stands in Homes__{options.OtherOf(account)!.Name}__Accounts. Take it out there; `accounts move` brings it to another home.");
            }

            if (place.Away is { } home && options.Find(home) is null)
                throw new EngineStartException($"The account {account} is in the home {home}, or on its way, but Homes__{home}__Url does not say where that is.");
        }
    }

    /// <summary>Looks again. Of many who ask at once one looks, after the last of them has asked.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        var asked = Stopwatch.GetTimestamp();
        await _looking.WaitAsync(cancellation);
        try
        {
            if (_begun > asked) return;
            _begun = Stopwatch.GetTimestamp();
            await LookAsync(cancellation);
        }
        finally
        {
            _looking.Release();
        }
    }

    public override void Dispose()
    {
        _looking.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.All.Count == 0) return;
        using var timer = new PeriodicTimer(LookAgain);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogDebug(e, "Where accounts are could not be looked at; it is tried again");
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        var places = new Dictionary<string, Place>(StringComparer.Ordinal);
        await using var command = databases.Shared.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = _listedElsewhere });
        await using (var rows = await command.ExecuteReaderAsync(cancellation))
        {
            while (await rows.ReadAsync(cancellation)) places[rows.GetString(0)] = new(rows.Text(1), rows.Text(2));
        }

        var before = _places;
        // Told first: whoever keeps what waits for an account must have stopped before anybody sees where that is now.
        if (before.Count != places.Count || places.Any(place => before.GetValueOrDefault(place.Key) != place.Value)) Changing();
        _places = places.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <param name="Away">The other home; null where it is open here.</param>
    /// <param name="State">Of its last move; null where it never moved.</param>
    private sealed record Place(string? Away, string? State)
    {
        public bool HasLeft => Away is not null && State == "left";
    }
}
