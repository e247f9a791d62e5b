using System.Collections.Frozen;
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
    private volatile FrozenDictionary<string, Place> _places = FrozenDictionary<string, Place>.Empty;

    /// <summary>Called when an account left, came, or is about to.</summary>
    public event Action Changed = static () => { };

    /// <summary>The home that has an account; null for one that is here, on its way, or nowhere.</summary>
    public Home? Elsewhere(string accountId) => _places.TryGetValue(accountId, out var place)
        ? place.State == "left" ? options.Find(place.Away) : null
        : options.OtherOf(accountId);

    /// <summary>Whether an account is on its way and takes commands nowhere for the moment.</summary>
    public bool IsMoving(string accountId) => _places.TryGetValue(accountId, out var place) && place is { Away: not null, State: not "left" };

    /// <summary>Looks now, before anything is served.</summary>
    /// <exception cref="EngineStartException">An account is open here and has another home by configuration.</exception>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        if (options.All.Count == 0) return;
        await RefreshAsync(cancellation);
        foreach (var (account, _) in _places.Where(place => place.Value is { Away: null, State: null }))
        {
            throw new EngineStartException(
                $"The account {account} is in the database of this home, but stands in Homes__{options.OtherOf(account)!.Name}__Accounts. Take it out there; `accounts move` brings it to another home.");
        }
    }

    public async Task RefreshAsync(CancellationToken cancellation)
    {
        var places = new Dictionary<string, Place>(StringComparer.Ordinal);
        await using var command = databases.Shared.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = _listedElsewhere });
        await using (var rows = await command.ExecuteReaderAsync(cancellation))
        {
            while (await rows.ReadAsync(cancellation)) places[rows.GetString(0)] = new(rows.Text(1), rows.Text(2));
        }

        var before = _places;
        _places = places.ToFrozenDictionary(StringComparer.Ordinal);
        if (before.Count != places.Count || places.Any(place => before.GetValueOrDefault(place.Key) != place.Value)) Changed();
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
            catch (NpgsqlException e)
            {
                log.LogDebug(e, "Where accounts are could not be looked at; it is tried again");
            }
        }
    }

    /// <param name="Away">The other home; null where it is open here.</param>
    /// <param name="State">Of its last move; null where it never moved.</param>
    private sealed record Place(string? Away, string? State);
}
