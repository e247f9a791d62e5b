using Npgsql;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Halting;

/// <summary>An account whose read models stand still.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Position">Of the first event that they lack.</param>
/// <param name="Stream">Where it stands; null when there is no such event.</param>
/// <param name="Type">What it is stored as.</param>
/// <param name="Problem">Why it could not be read; null while what was left out is being caught up.</param>
public sealed record HaltedAccount(string AccountId, long Position, string? Stream, string? Type, string? Problem)
{
    /// <summary>Of <c>h</c>, a row of its table.</summary>
    internal const string Columns = "h.account_id, h.position, h.stream, h.type, h.problem";

    /// <summary>That of an account, which nobody else changes until the transaction ends.</summary>
    internal const string Locked = $"select {Columns} from process_deployment.halted_account h where h.account_id = $1 for update";

    public DateTimeOffset Since { get; init; }

    /// <summary>The event as it is stored.</summary>
    public string? Raw { get; init; }

    /// <summary>From a row that begins with its columns.</summary>
    internal static HaltedAccount Read(NpgsqlDataReader row) => new(row.GetString(0), row.GetInt64(1), row.Text(2), row.Text(3), row.Text(4));

    /// <summary>For logs and answers.</summary>
    public string InWords() => Problem is null
        ? $"account {AccountId} is being caught up from position {Position}"
        : $"account {AccountId} is halted at position {Position}{(Type is null ? "" : $", {Type} in stream {Stream}")}: {Problem}";
}

/// <summary>A question needs what comes after an event that could not be read.</summary>
public sealed class AccountHaltedException(HaltedAccount halted)
    : Exception($"Its answer would need position {halted.Position} and what follows, but {halted.InWords()}. What happened before is answered.");
