using Npgsql;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Homes.Moving;

/// <summary>Where an account stands in its moves, as the home whose database it is sees it; read and written under the lock of the account.</summary>
internal static class AccountMoves
{
    public const string Leaving = "leaving", Left = "left", HasArrived = "arrived", Here = "here";

    private const string Read = """
        select a.position, a.away, m.state, m.home, m.position
        from process_deployment.account a left join process_deployment.account_move m on m.account_id = a.account_id where a.account_id = $1
        """;

    private const string Move = """
        insert into process_deployment.account_move (account_id, state, home, position) values ($1, $2, $3, $4)
        on conflict (account_id) do update set state = excluded.state, home = excluded.home, position = excluded.position, since = clock_timestamp()
        """;

    private const string SetAway = "update process_deployment.account set away = $2 where account_id = $1";

    /// <summary>Null for an account there is not. Others wait until the transaction ends.</summary>
    public static Task<MoveState?> LockAsync(NpgsqlConnection connection, string accountId, CancellationToken cancellation) => FindAsync(connection, accountId, $"{Read} for update of a", cancellation);

    public static Task<MoveState?> FindAsync(NpgsqlConnection connection, string accountId, CancellationToken cancellation) => FindAsync(connection, accountId, Read, cancellation);

    /// <summary>Adds what the account becomes.</summary>
    /// <param name="batch">In the transaction that holds its lock.</param>
    /// <param name="state">What it is in now.</param>
    /// <param name="home">The other home.</param>
    /// <param name="position">How far its history has come.</param>
    /// <param name="isAway">Whether it takes no commands here.</param>
    public static void Set(AccountBatch batch, string state, string home, long position, bool isAway)
    {
        batch.Execute(SetAway, Parameters.Optional(isAway ? home : null));
        batch.Execute(Move, Parameters.Value(state), Parameters.Value(home), Parameters.Value(position));
    }

    private static async Task<MoveState?> FindAsync(NpgsqlConnection connection, string accountId, string sql, CancellationToken cancellation)
    {
        MoveState? found = null;
        await using var batch = new AccountBatch(connection, accountId);
        batch.Query(sql, row => found = new(row.GetInt64(0), row.Text(1), row.Text(2), row.Text(3), row.IsDBNull(4) ? 0 : row.GetInt64(4)));
        await batch.RunAsync(cancellation);
        return found;
    }
}

/// <summary>An account and its last move.</summary>
/// <param name="Position">How far its history has come.</param>
/// <param name="Away">The other home, while it takes no commands here.</param>
/// <param name="State">Of its last move; null where it never moved.</param>
/// <param name="Home">The other home of its last move.</param>
/// <param name="MovedAt">How far its history had come then.</param>
internal sealed record MoveState(long Position, string? Away, string? State, string? Home, long MovedAt)
{
    public bool IsLeavingFor(string home) => State == AccountMoves.Leaving && Home == home;

    /// <summary>For sentences.</summary>
    public string InWords => State switch
    {
        AccountMoves.Leaving => $"is leaving for {Home}",
        AccountMoves.Left => $"has left for {Home}",
        AccountMoves.HasArrived => $"has arrived from {Home} and is not open yet",
        _ => "is open here",
    };
}
